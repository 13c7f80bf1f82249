package io.hydra.appman;

import io.hydra.appman.target.Eviction;
import io.hydra.wire.Fault;
import java.time.Instant;
import java.util.Optional;

/** What runs the pod, as far as AppMan sees it. */
final class SimulatedCluster implements Eviction {
  /** Whether Services go on sending traffic. */
  boolean sendsTraffic;

  /** Why it does not evict. */
  Optional<Fault> refusal = Optional.empty();

  int asked;
  int evictions;

  Optional<Instant> goneSince(Instant unready) {
    return sendsTraffic ? Optional.empty() : Optional.of(unready);
  }

  @Override
  public Optional<Fault> ask() {
    asked++;
    if (refusal.isEmpty()) {
      evictions++;
    }
    return refusal;
  }
}
