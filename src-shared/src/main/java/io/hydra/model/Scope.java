package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes of a channel that have a head and a pin of their own.
 *
 * @param nodeSelector labels that a node must have, all of them; the first scope whose selector
 *     matches has the node
 * @param promotion when a published release becomes the scope's head; the channel's when empty
 */
public record Scope(
    ScopeName name, Map<String, String> nodeSelector, Optional<Promotion> promotion) {
  /**
   * @throws HydraException {@code INVALID_REQUEST} where no label is named: it would have all nodes
   */
  public Scope {
    nodeSelector = Map.copyOf(nodeSelector);
    if (nodeSelector.isEmpty()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "scope %s needs a label of its nodes".formatted(name));
    }
  }
}
