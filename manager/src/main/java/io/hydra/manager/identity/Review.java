package io.hydra.manager.identity;

import java.time.Instant;

/** What came of looking at a token. */
sealed interface Review {
  /**
   * @param expires when the token ends by itself
   */
  record Accepted(Attested who, Instant expires) implements Review {}

  /**
   * @param why for whoever showed it
   */
  record Refused(String why) implements Review {}
}
