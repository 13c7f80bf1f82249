package io.hydra.testing.e2e;

import io.hydra.model.ReleaseVersion;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.RolloutPhase;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The moments of a roll-over of three replicas, in their order. */
enum Moment {
  PUBLISHED(0),
  A_NODE_HAS_ALL(1),
  FIRST_DRAINS(2),
  FIRST_RELOADS(3),
  ONE_SERVES(4),
  SECOND_DRAINS(5),
  SECOND_RELOADS(6),
  TWO_SERVE(7),
  THIRD_DRAINS(8),
  THIRD_RELOADS(9),

  /** After all of it. */
  OVER(10);

  private final int step;

  Moment(int step) {
    this.step = step;
  }

  /** Its place in the row, from 0. */
  int step() {
    return step;
  }

  /** Those that lie inside of the roll-over. */
  static Stream<Moment> inside() {
    return Stream.of(values()).filter(moment -> moment != OVER);
  }

  /** Where the roll-over to the version is now; empty while the channel aims elsewhere. */
  static Optional<Moment> of(ChannelStatus status, ReleaseVersion version) {
    return status
        .rollout()
        .target()
        .filter(ref -> ref.version().equals(version))
        .map(target -> values()[Math.min(stepOf(status), OVER.step)]);
  }

  private static int stepOf(ChannelStatus status) {
    if (status.rollout().phase() == RolloutPhase.DONE) {
      return OVER.step;
    }
    int serving = status.rollout().onTarget();
    int idle = A_NODE_HAS_ALL.step + 3 * serving;
    if (isAny(status, InstanceState.RELOADING)) {
      return idle + 2;
    }
    if (isAny(status, InstanceState.DRAINING)) {
      return idle + 1;
    }
    boolean fetched = serving > 0 || status.nodes().stream().anyMatch(NodeProgress::ready);
    return fetched ? idle : PUBLISHED.step;
  }

  private static boolean isAny(ChannelStatus status, InstanceState state) {
    return status.instances().stream()
        .flatMap(instance -> instance.report().stream())
        .map(InstanceReport::state)
        .anyMatch(state::equals);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
