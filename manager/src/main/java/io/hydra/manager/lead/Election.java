package io.hydra.manager.lead;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hydra.error.HydraException;
import io.hydra.manager.lead.Standing.Following;
import io.hydra.manager.lead.Standing.Leading;
import io.hydra.manager.lead.Standing.Sign;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Takes the lead when nobody has it or its holder gives no sign of life any more, and keeps it. Two
 * entries in the state: who leads, which changes with the leader only and is what writes are fenced
 * by; and a beat, which the leader writes again and again.
 *
 * <p>A leader counts as proven from the moment at which it began to write a beat that succeeded,
 * for a lease. Others take over when they have seen the same beat for a quarter longer, and they
 * saw it after that moment; so by their monotonic clocks at most one is proven at a time. That only
 * keeps agents from hearing two. What is written is safe by the fence alone.
 */
final class Election {
  static final String LEADER = ChannelStore.UNWATCHED + "leader";
  private static final String BEAT = ChannelStore.UNWATCHED + "beat";
  private static final Logger LOG = Logger.getLogger(Election.class);

  private final ChannelStore store;
  private final Candidate self;
  private final Duration lease;
  private final Duration patience;
  private final LongSupplier clock;
  private volatile Standing standing = Following.NOBODY;
  private long beats;
  private boolean retired;

  /**
   * @param clock in nanoseconds, monotonic
   */
  Election(ChannelStore store, Candidate self, Duration lease, LongSupplier clock) {
    this.store = store;
    this.self = self;
    this.lease = lease;
    this.patience = lease.plus(lease.dividedBy(4));
    this.clock = clock;
  }

  Standing standing() {
    return standing;
  }

  boolean isProven() {
    return standing instanceof Leading leading && leading.isProven(clock.getAsLong());
  }

  /** Looks, takes the lead or keeps it, once; to be called several times a lease. */
  synchronized Standing step() {
    if (retired) {
      return standing;
    }
    try {
      standing =
          switch (standing) {
            case Following following -> look(following);
            case Leading leading -> beat(leading);
          };
    } catch (HydraException e) {
      LOG.debugf("the state cannot be reached: %s", e.detail());
      standing = withoutAnAnswer(standing);
    }
    return standing;
  }

  /** How long to wait before the next step: others look twice as often as the leader beats. */
  Duration pause() {
    return standing instanceof Leading ? lease.dividedBy(4) : lease.dividedBy(8);
  }

  /** Somebody has found out that another one leads. */
  synchronized void depose(long fence) {
    if (standing instanceof Leading leading && leading.fence() == fence) {
      standing = Following.NOBODY;
    }
  }

  /** Gives the lead away, so that another one can take it at once. */
  synchronized void resign() {
    if (standing instanceof Leading(long fence, long _)) {
      standing = Following.NOBODY;
      try {
        store.commit(List.of(new Operation.DeleteIf(LEADER, fence)));
      } catch (HydraException e) {
        LOG.warnf("others will take the lead only after %s: %s", patience, e.detail());
      }
    }
  }

  /** As {@link #resign}, for good. */
  synchronized void retire() {
    retired = true;
    resign();
  }

  private Standing look(Following following) {
    var entries = store.list(ChannelStore.UNWATCHED);
    var leader = entry(entries, LEADER);
    if (leader.isEmpty()) {
      return take(0);
    }
    var holder = Candidate.read(leader.get().value());
    if (holder.equals(self)) {
      // It was taken, but the answer was lost; the next beat proves it.
      return new Leading(leader.get().revision(), clock.getAsLong());
    }
    long beat = entry(entries, BEAT).map(Entry::revision).orElse(0L);
    var sign = new Sign(holder, leader.get().revision(), beat, clock.getAsLong());
    var known = following.seen().filter(sign::isAsNewAs).orElse(sign);
    return known.isOlderThan(patience, sign.nanos())
        ? take(sign.revision())
        : new Following(Optional.of(known));
  }

  private Standing take(long before) {
    long begun = clock.getAsLong();
    var outcome =
        store.commit(List.of(new Operation.PutIf(LEADER, self.bytes(), before), nextBeat()));
    return outcome instanceof Outcome.Committed(long fence)
        ? new Leading(fence, begun + lease.toNanos())
        : Following.NOBODY;
  }

  private Standing beat(Leading leading) {
    if (!leading.isProven(clock.getAsLong()) && !stillLeads(leading)) {
      return Following.NOBODY;
    }
    long begun = clock.getAsLong();
    var outcome = store.commit(List.of(new Operation.Check(LEADER, leading.fence()), nextBeat()));
    return outcome instanceof Outcome.Committed
        ? new Leading(leading.fence(), begun + lease.toNanos())
        : Following.NOBODY;
  }

  /**
   * Asked before a beat where nothing was heard for a lease: a leader that is heard but hears
   * nothing would by its beats keep others from the lead.
   */
  private boolean stillLeads(Leading leading) {
    return store.get(LEADER).filter(e -> e.revision() == leading.fence()).isPresent();
  }

  /**
   * A leader remains one until it hears otherwise. Whoever follows counts anew: the leader may have
   * met the same trouble.
   */
  private Standing withoutAnAnswer(Standing before) {
    return switch (before) {
      case Leading leading -> leading;
      case Following(Optional<Sign> seen) ->
          new Following(
              seen.map(s -> new Sign(s.leader(), s.revision(), s.beat(), clock.getAsLong())));
    };
  }

  private Operation nextBeat() {
    beats++;
    return new Operation.Put(BEAT, Long.toString(beats).getBytes(US_ASCII));
  }

  private static Optional<Entry> entry(List<Entry> entries, String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }
}
