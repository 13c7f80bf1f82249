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
 * for a lease. Others take over when they have seen the same beat for a quarter longer, by its
 * holder's lease or their own, whichever is longer; and they saw it after that moment. So by their
 * monotonic clocks at most one is proven at a time. That only keeps agents from hearing two. What
 * is written is safe by the fence alone.
 */
final class Election {
  static final String LEADER = ChannelStore.LEASES + "leader";
  private static final String BEAT = ChannelStore.LEASES + "beat";
  private static final Logger LOG = Logger.getLogger(Election.class);

  private final ChannelStore store;
  private final Candidate self;
  private final LongSupplier clock;
  private volatile Standing standing = Following.NOBODY;
  private volatile boolean unanswered;
  private long beats;
  private boolean retired;

  /**
   * @param clock in nanoseconds, monotonic
   */
  Election(ChannelStore store, Candidate self, LongSupplier clock) {
    // A call that hangs must not cost a leader its proof, nor one that stops its time.
    this.store = store.within(self.lease().dividedBy(4));
    this.self = self;
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
      unanswered = false;
    } catch (HydraException e) {
      LOG.debugf("the state cannot be reached: %s", e.detail());
      standing = withoutAnAnswer(standing);
      unanswered = true;
    }
    return standing;
  }

  /**
   * How long to wait before the next step: others look twice as often as the leader beats, and a
   * leader that was not answered tries again soon.
   */
  Duration pause() {
    if (standing instanceof Leading) {
      return self.lease().dividedBy(unanswered ? 16 : 4);
    }
    return self.lease().dividedBy(8);
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
        LOG.warnf("others will take the lead only after %s: %s", patience(self), e.detail());
      }
    }
  }

  /** As {@link #resign}, for good. */
  synchronized void retire() {
    retired = true;
    resign();
  }

  /**
   * What is read was so at some moment of the call: a beat was written before its end, and is still
   * the newest one after its beginning.
   */
  private Standing look(Following following) {
    long asked = clock.getAsLong();
    var entries = store.list(ChannelStore.LEASES);
    var leader = entry(entries, LEADER);
    long beat = entry(entries, BEAT).map(Entry::revision).orElse(0L);
    if (leader.isEmpty()) {
      return take(0, beat);
    }
    var holder = Candidate.read(leader.get().value());
    if (holder.equals(self)) {
      // It was taken, but the answer was lost; the next beat proves it.
      return new Leading(leader.get().revision(), asked);
    }
    var sign = new Sign(holder, leader.get().revision(), beat, clock.getAsLong());
    var known = following.seen().filter(sign::isAsNewAs).orElse(sign);
    return known.isOlderThan(patience(holder), asked)
        ? take(sign.revision(), beat)
        : new Following(Optional.of(known));
  }

  private Duration patience(Candidate holder) {
    var longer = holder.lease().compareTo(self.lease()) > 0 ? holder.lease() : self.lease();
    return longer.plus(longer.dividedBy(4));
  }

  /**
   * @param beat revision of the beat as it was looked at: a newer one may have come since
   */
  private Standing take(long before, long beat) {
    long begun = clock.getAsLong();
    var outcome =
        store.commit(
            List.of(
                new Operation.PutIf(LEADER, self.bytes(), before),
                new Operation.PutIf(BEAT, nextBeat(), beat)));
    return outcome instanceof Outcome.Committed(long fence)
        ? new Leading(fence, begun + self.lease().toNanos())
        : Following.NOBODY;
  }

  private Standing beat(Leading leading) {
    if (!leading.isProven(clock.getAsLong()) && !stillLeads(leading)) {
      return Following.NOBODY;
    }
    long begun = clock.getAsLong();
    var outcome =
        store.commit(
            List.of(
                new Operation.Check(LEADER, leading.fence()), new Operation.Put(BEAT, nextBeat())));
    return outcome instanceof Outcome.Committed
        ? new Leading(leading.fence(), begun + self.lease().toNanos())
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

  private byte[] nextBeat() {
    beats++;
    return Long.toString(beats).getBytes(US_ASCII);
  }

  private static Optional<Entry> entry(List<Entry> entries, String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }
}
