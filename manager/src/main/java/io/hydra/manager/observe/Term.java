package io.hydra.manager.observe;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Counts epochs: term × 2³² + counter. The term is one more than that of any earlier lead, so each
 * epoch is newer than all that were given out before.
 *
 * <p>A store that was lost, or restored from an older copy, does not know of the newest leads. Then
 * agents tell: they report the epoch that they obey.
 */
@LeadScoped
public class Term {
  private static final Logger LOG = Logger.getLogger(Term.class);
  private static final String KEY = "term";
  private static final int COUNTER_BITS = 32;

  /**
   * Higher ones are taken for nonsense, lest a single false report use all of them up. Nobody
   * starts a manager so often: it is once a second for 34 years.
   */
  private static final long HIGHEST_TO_FOLLOW = 1L << 30;

  private final ChannelStore store;
  private final AtomicLong epoch;
  private volatile Lead lead;

  /** A term that was written while nobody answered, so that it may be there; 0 for none. */
  private long doubtful;

  /**
   * @param revision of the store's entry as this manager has written it
   */
  private record Lead(long term, long revision) {}

  /** Begins a new term. */
  public Term(ChannelStore store) {
    this.store = store;
    this.lead = begin(store);
    epoch = new AtomicLong(beginning());
    LOG.infof("took the lead epoch=%d", epoch.get());
  }

  /**
   * Has it made while nobody is answered yet: it asks the store, for which no event loop may wait.
   */
  void begin(@Observes LeadBegan event) {}

  /** The newest epoch that was given out. */
  public long epoch() {
    return epoch.get();
  }

  /** A new epoch, newer than all before. */
  public long next() {
    return epoch.incrementAndGet();
  }

  /** Orders of epochs that are not newer may be refused by agents. */
  public long beginning() {
    return lead.term() << COUNTER_BITS;
  }

  /**
   * Begins a term that is newer than the epoch, so that who has obeyed that one obeys this manager
   * again. Not so while another manager leads on the same store: then the epoch is that one's.
   *
   * @return whether this manager's epochs are newer now
   * @throws HydraException {@code UNAVAILABLE}
   */
  public synchronized boolean raiseAbove(long obeyed) {
    if (obeyed <= epoch.get()) {
      return true;
    }
    long term = (obeyed >> COUNTER_BITS) + 1;
    if (term > HIGHEST_TO_FOLLOW) {
      return false;
    }
    long expected = revision();
    doubtful = term;
    var outcome = store.commit(List.of(write(term, expected)));
    doubtful = 0;
    if (!(outcome instanceof Outcome.Committed(long revision))) {
      return false;
    }
    lead = new Lead(term, revision);
    epoch.set(beginning());
    return true;
  }

  /** Of the entry as this manager has written it last. */
  private long revision() {
    if (doubtful != 0) {
      store
          .get(KEY)
          .filter(entry -> read(entry) == doubtful)
          .ifPresent(entry -> lead = new Lead(lead.term(), entry.revision()));
      doubtful = 0;
    }
    return lead.revision();
  }

  private static Lead begin(ChannelStore store) {
    while (true) {
      var entry = store.get(KEY);
      long term = entry.map(Term::read).orElse(0L) + 1;
      long before = entry.map(Entry::revision).orElse(0L);
      if (store.commit(List.of(write(term, before))) instanceof Outcome.Committed(long revision)) {
        return new Lead(term, revision);
      }
    }
  }

  private static Operation write(long term, long expected) {
    return new Operation.PutIf(KEY, Long.toString(term).getBytes(StandardCharsets.UTF_8), expected);
  }

  private static long read(Entry entry) {
    var text = new String(entry.value(), StandardCharsets.UTF_8);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new HydraException(
          ErrorCode.INTERNAL, "the store's entry '%s' is no number: %s".formatted(KEY, text), e);
    }
  }
}
