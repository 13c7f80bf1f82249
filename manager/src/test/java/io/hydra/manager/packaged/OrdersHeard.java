package io.hydra.manager.packaged;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The orders that agents were given by managers, of whom one at a time may give any: once an agent
 * has heard of a new leader, nobody who asks afterwards is given an order of an earlier one.
 */
final class OrdersHeard {
  private static final int TERM_BITS = 32;

  /** By when it was heard, the newest term so far. Grows in both. */
  private final ConcurrentSkipListMap<Long, Long> terms = new ConcurrentSkipListMap<>();

  private volatile Optional<String> violation = Optional.empty();

  /**
   * @param asked when the question was sent, by the clock of all agents
   * @param now when the answer came
   * @param epoch 0 where there is no order yet
   */
  synchronized void heard(String agent, long asked, long now, long epoch) {
    if (epoch == 0) {
      return;
    }
    long term = epoch >>> TERM_BITS;
    newestUntil(asked)
        .filter(newest -> term < newest)
        .ifPresent(
            newest ->
                violation =
                    Optional.of(
                        "%s was given an order of term %d when one of term %d was known"
                            .formatted(agent, term, newest)));
    if (newestUntil(now).filter(newest -> newest >= term).isEmpty()) {
      terms.put(now, term);
    }
  }

  private Optional<Long> newestUntil(long moment) {
    return Optional.ofNullable(terms.floorEntry(moment)).map(Map.Entry::getValue);
  }

  /** How many leaders have given orders. */
  int leaders() {
    return terms.size();
  }

  Optional<String> violation() {
    return violation;
  }
}
