package io.hydra.manager.rollout;

import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.model.NodeName;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.wire.Connection;
import io.hydra.wire.StagedView;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How far a release is that is not the head yet. Pure.
 *
 * @param preparations of every node that takes part, for this release
 * @param verified how many of them have all of it on disk, proven, and room for its RAM copies
 * @param due whether it is to be the head now
 * @param reason one sentence: what it waits for
 */
public record Staging(
    Release release,
    Promotion promotion,
    SortedMap<NodeName, Preparation> preparations,
    int verified,
    boolean due,
    String reason) {

  /**
   * @param unsettled what the manager waits for before it decides anything; empty when settled
   */
  public static Staging of(
      Channel channel,
      Release candidate,
      Map<NodeName, NodePicture> nodes,
      SortedMap<NodeName, Preparation> preparations,
      Optional<String> unsettled) {
    int verified =
        (int)
            preparations.entrySet().stream()
                .filter(e -> isConnected(nodes, e.getKey()) && e.getValue().isOnDisk())
                .count();
    var promotion = channel.promotion();
    boolean enough = verified >= promotion.quorumOf(preparations.size());
    boolean due =
        switch (promotion.when()) {
          case IMMEDIATE -> true;
          case VERIFIED -> enough && unsettled.isEmpty();
          case MANUAL -> false;
        };
    var waits =
        switch (promotion.when()) {
          case IMMEDIATE -> "it is promoted now";
          case VERIFIED ->
              enough
                  ? unsettled.orElse("it is promoted now")
                  : quorum(promotion, preparations.size());
          case MANUAL -> "it waits for `hydra promote`";
        };
    return new Staging(
        candidate,
        promotion,
        preparations,
        verified,
        due,
        "release %s is staged, and verified on %d of %d nodes; %s"
            .formatted(candidate.ref(), verified, preparations.size(), waits));
  }

  private static boolean isConnected(Map<NodeName, NodePicture> nodes, NodeName name) {
    return Optional.ofNullable(nodes.get(name))
        .filter(node -> node.connection() == Connection.CONNECTED)
        .isPresent();
  }

  private static String quorum(Promotion promotion, int nodes) {
    return nodes == 0
        ? "it is promoted once a node takes part in the channel and has verified it"
        : "it is promoted once it is verified on %d".formatted(promotion.quorumOf(nodes));
  }

  public StagedView view() {
    return new StagedView(
        release.ref(),
        promotion,
        preparations.size(),
        verified,
        promotion.when() == Promotion.When.VERIFIED
            ? Optional.of(promotion.quorumOf(preparations.size()))
            : Optional.empty(),
        reason);
  }
}
