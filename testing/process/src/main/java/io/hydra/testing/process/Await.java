package io.hydra.testing.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for conditions. */
public final class Await {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * @param what is waited for, as a clause for the failure's message
   * @throws IllegalStateException when it does not hold in time
   */
  public static void until(String what, Duration timeout, Callable<Boolean> condition) {
    until(() -> what, timeout, condition);
  }

  /**
   * @param what is waited for, asked only when it was waited for in vain
   * @throws IllegalStateException when it does not hold in time
   */
  public static void until(Supplier<String> what, Duration timeout, Callable<Boolean> condition) {
    until(what, timeout, POLL, condition);
  }

  /**
   * As {@code until}, looking often enough to catch a moment that is soon over.
   *
   * @return what was seen at that moment
   */
  public static <T> T moment(Supplier<String> what, Duration timeout, Supplier<Optional<T>> sight) {
    var seen = new ArrayList<T>(1);
    until(
        what,
        timeout,
        CLOSE,
        () -> {
          sight.get().ifPresent(seen::add);
          return !seen.isEmpty();
        });
    return seen.getFirst();
  }

  private static void until(
      Supplier<String> what, Duration timeout, Duration poll, Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(poll)
          .atMost(timeout)
          .until(condition);
    } catch (ConditionTimeoutException late) {
      throw new IllegalStateException(
          "waited %d s in vain: %s".formatted(timeout.toSeconds(), what.get()), late);
    }
  }
}
