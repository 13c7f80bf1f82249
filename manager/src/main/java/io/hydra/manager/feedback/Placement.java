package io.hydra.manager.feedback;

import io.hydra.manager.kubernetes.NodeBook;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

/**
 * Has the labels of nodes say which channels' data they have. Not for several threads at a time.
 */
final class Placement {
  private final NodeBook nodes;
  private final Errands errands;
  private final Set<String> environments;
  private final NodeLabeler labeler = new NodeLabeler();

  Placement(NodeBook nodes, Errands errands, Set<String> environments) {
    this.nodes = nodes;
    this.errands = errands;
    this.environments = environments;
  }

  void put(Scene scene, Function<NodeName, Instant> lastHeard, Set<String> keys) {
    var ready = new ReadyNodes(scene.picture(), scene.plan(), lastHeard).find();
    write(labeler.put(scene.channel().id(), ready), keys);
  }

  void forget(ChannelId channel, Set<String> keys) {
    write(labeler.forget(channel), keys);
  }

  /**
   * @param keys of all channels that exist: labels of nodes are theirs, even if nothing is known
   *     yet
   */
  void write(Collection<NodeName> touched, Set<String> keys) {
    for (var node : touched) {
      nodes
          .own(node)
          .ifPresent(
              present ->
                  labeler
                      .change(node, present, key -> isOurs(key) && !keys.contains(key))
                      .ifPresentOrElse(errands::put, () -> errands.drop(NodeLabeler.path(node))));
    }
  }

  private boolean isOurs(String key) {
    return environments.stream().anyMatch(env -> ReadyLabel.isOf(env, key));
  }
}
