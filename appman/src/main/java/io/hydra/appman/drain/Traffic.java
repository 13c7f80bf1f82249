package io.hydra.appman.drain;

import java.time.Instant;
import java.util.Optional;

/** Knows whether new requests are still sent to the instance. */
public interface Traffic {
  /**
   * Since when none has been, as far as can be seen; empty while some are, or while nobody has
   * looked yet. Where nobody can see it, since readiness went down.
   *
   * @param unready when readiness went down
   */
  Optional<Instant> goneSince(Instant unready);
}
