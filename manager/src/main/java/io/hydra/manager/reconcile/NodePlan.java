package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import java.util.Optional;

/**
 * What follows of one channel for one node.
 *
 * @param alone what it follows from, of a node that takes part and has no instances; otherwise
 *     empty
 * @param preparation how far the node is with its target; empty where it takes no part or has none
 */
public record NodePlan(
    Optional<NodePicture.Basis> alone,
    Optional<Preparation> preparation,
    NodeContribution contribution) {

  /** Of a node that takes no part any more. */
  static NodePlan keeping(NodeContribution contribution) {
    return new NodePlan(Optional.empty(), Optional.empty(), contribution);
  }
}
