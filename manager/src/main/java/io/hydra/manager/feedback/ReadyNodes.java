package io.hydra.manager.feedback;

import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.reconcile.ChannelPicture;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which nodes have a channel's data, as far as it is known: the target, else the release that is
 * live there. Of a node that is silent for a short time it is not known; after that, it has none.
 */
final class ReadyNodes {
  /** An agent that is replaced, or a manager that has just started, need not change a label. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ChannelPicture picture;
  private final ChannelPlan plan;
  private final Function<NodeName, Instant> lastHeard;

  /** What is known of a node. */
  sealed interface Readiness {
    record Has(ReleaseRef release) implements Readiness {}

    record HasNot() implements Readiness {}

    record Unknown() implements Readiness {}
  }

  ReadyNodes(ChannelPicture picture, ChannelPlan plan, Function<NodeName, Instant> lastHeard) {
    this.picture = picture;
    this.plan = plan;
    this.lastHeard = lastHeard;
  }

  /** Of all nodes that take part in the channel. */
  Map<NodeName, Readiness> find() {
    var found = new TreeMap<NodeName, Readiness>();
    picture.nodes().values().forEach(node -> found.put(node.name(), of(node)));
    return found;
  }

  private Readiness of(NodePicture node) {
    if (node.connection() != Connection.CONNECTED) {
      return lastHeard.apply(node.name()).plus(PATIENCE).isAfter(picture.now())
          ? new Readiness.Unknown()
          : new Readiness.HasNot();
    }
    return target(node)
        .or(() -> live(node))
        .<Readiness>map(release -> new Readiness.Has(release.ref()))
        .orElseGet(Readiness.HasNot::new);
  }

  private Optional<Release> target(NodePicture node) {
    return plan.targetOn(node.name())
        .filter(
            target ->
                plan.preparationOn(node.name())
                        .filter(Preparation.Ready.class::isInstance)
                        .isPresent()
                    && node.has(target));
  }

  private Optional<Release> live(NodePicture node) {
    return plan.liveOn(node.name()).flatMap(picture.channel()::release).filter(node::has);
  }
}
