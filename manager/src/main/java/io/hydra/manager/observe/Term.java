package io.hydra.manager.observe;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Counts epochs: term × 2³² + counter. The term is one more than that of any earlier lead, so each
 * epoch is newer than all that were given out before.
 */
@ApplicationScoped
public class Term {
  private static final Logger LOG = Logger.getLogger(Term.class);
  private static final String KEY = "term";
  private static final int COUNTER_BITS = 32;

  private final AtomicLong epoch;

  /** Begins a new term. */
  public Term(ChannelStore store) {
    epoch = new AtomicLong(begin(store) << COUNTER_BITS);
    LOG.infof("took the lead epoch=%d", epoch.get());
  }

  /** The newest epoch that was given out. */
  public long epoch() {
    return epoch.get();
  }

  /** A new epoch, newer than all before. */
  public long next() {
    return epoch.incrementAndGet();
  }

  private static long begin(ChannelStore store) {
    while (true) {
      var entry = store.get(KEY);
      long term = entry.map(Term::read).orElse(0L) + 1;
      var bytes = Long.toString(term).getBytes(StandardCharsets.UTF_8);
      long revision = entry.map(Entry::revision).orElse(0L);
      var outcome = store.commit(List.of(new Operation.PutIf(KEY, bytes, revision)));
      if (outcome instanceof Outcome.Committed) {
        return term;
      }
    }
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
