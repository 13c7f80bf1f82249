package io.hydra.cli.client;

import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.error.HydraException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats a call that may be repeated: five tries, with pauses that double from a quarter of a
 * second and vary by half, so that many callers do not come back together.
 */
public final class Retry {
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final Pause pause;
  private final RandomGenerator random;

  public Retry(Pause pause, RandomGenerator random) {
    this.pause = pause;
    this.random = random;
  }

  /**
   * The call's answer; after the last try, its failure.
   *
   * @param onRetry told why a try failed that is not the last
   */
  public <T> T run(Supplier<T> call, Consumer<String> onRetry) {
    for (int tried = 1; ; tried++) {
      try {
        return call.get();
      } catch (HydraException refused) {
        if (tried == TRIES || !refused.code().retryable()) {
          throw refused;
        }
        onRetry.accept(refused.code() + ": " + refused.detail());
      } catch (CliFailure failed) {
        if (tried == TRIES || failed.exitCode() != ExitCode.UNREACHABLE) {
          throw failed;
        }
        onRetry.accept(failed.detail());
      }
      pause.of(
          FIRST_PAUSE
              .multipliedBy(1L << (tried - 1))
              .multipliedBy(random.nextInt(50, 151))
              .dividedBy(100));
    }
  }
}
