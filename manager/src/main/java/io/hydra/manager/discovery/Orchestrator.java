package io.hydra.manager.discovery;

import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What runs the consumers where Hydra does not: a Kubernetes, or nobody that Hydra knows of. It
 * tells of pods, and shares one budget of disruptions with Hydra.
 */
public interface Orchestrator {
  /** The channel's pods that are not at their end. */
  List<Pod> podsOf(ChannelId channel);

  /** Calls back with each channel whose pods, or what protects them, have changed. */
  void onChange(Consumer<ChannelId> listener);

  /**
   * Whether Services send traffic to the instance, once that is something else than {@code unless}
   * or the wait is over; at once when it is not known. Blocks the caller's thread.
   */
  EndpointState awaitEndpoint(
      InstanceRegistration instance, Optional<EndpointState> unless, Duration wait);

  /**
   * The pods of the channel that are or shall be out of traffic by our order, in place of those
   * told before. Has the budgets that protect them note those that are still ready, and forget
   * those that are not named any more. Returns at once; what came of it shows in {@link #podsOf}.
   */
  void note(ChannelId channel, Collection<Pod> disrupted);

  /**
   * Has the instance's pod replaced, if the budgets allow it.
   *
   * @throws io.hydra.error.HydraException {@code DISRUPTION_REFUSED} when they do not; {@code
   *     NOT_FOUND} when no pod of it is known; {@code UNAVAILABLE} when nobody can be asked
   */
  void evict(InstanceRegistration instance);
}
