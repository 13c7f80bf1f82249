package io.hydra.manager.watch;

import io.hydra.manager.channel.Channel;
import io.hydra.model.InstanceId;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.RolloutPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What watchers of a channel were told, or need not be told since they read it.
 *
 * @param channel as it was; empty where there was none
 * @param rollout empty where it was not planned yet
 * @param instances that were seen; empty until the channel was seen for the first time
 */
record Known(
    Optional<Channel> channel,
    Optional<Rollout> rollout,
    Optional<Map<InstanceId, Instance>> instances) {
  /** Before a channel is made. */
  static final Known NOTHING = new Known(Optional.empty(), Optional.empty(), Optional.of(Map.of()));

  /** A channel that was there before anybody looked at its consumers. */
  static Known unseen(Channel channel) {
    return new Known(Optional.of(channel), Optional.empty(), Optional.empty());
  }

  /**
   * A rollout as it was.
   *
   * @param since when this phase towards these targets began
   * @param standstillTold whether it was told that nothing moves
   */
  record Rollout(
      RolloutPhase phase,
      List<ReleaseRef> targets,
      long onTarget,
      Instant since,
      boolean standstillTold) {
    boolean isSameStretch(RolloutPhase otherPhase, List<ReleaseRef> otherTargets) {
      return phase == otherPhase && targets.equals(otherTargets);
    }
  }

  /**
   * An instance as it was.
   *
   * @param heard whether it has reported to this lead
   * @param served what it served last
   */
  record Instance(
      boolean heard,
      Optional<ReleaseRef> served,
      Optional<ReleaseRef> failed,
      Optional<ReleaseRef> granted) {
    static final Instance NEW =
        new Instance(true, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
