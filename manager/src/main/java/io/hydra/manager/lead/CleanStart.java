package io.hydra.manager.lead;

import io.hydra.error.HydraException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A start that Hydra itself refuses (a store that is in use, damaged or too old) ends the program
 * with one line on stderr: it is for whoever operates the manager, who can do nothing with a stack
 * trace.
 */
final class CleanStart {
  private CleanStart() {}

  /**
   * @throws ConfigurationException in place of a {@link HydraException}; anything else passes as it
   *     is, with its stack trace
   */
  static void run(Runnable start) {
    try {
      start.run();
    } catch (RuntimeException failure) {
      // Quarkus prints the message of this one and nothing else, and exits with 1; it looks at the
      // innermost cause, so this one has none.
      throw refusal(failure)
          .<RuntimeException>map(refused -> new ConfigurationException(line(refused)))
          .orElse(failure);
    }
  }

  /** Beans that are made on first use may fail inside an exception of the container. */
  private static Optional<HydraException> refusal(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(HydraException.class::isInstance)
        .map(HydraException.class::cast)
        .findFirst();
  }

  private static String line(HydraException refused) {
    return "hydra-manager: %s: %s".formatted(refused.code(), refused.detail());
  }
}
