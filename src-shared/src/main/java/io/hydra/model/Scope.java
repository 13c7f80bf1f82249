package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

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
   * @throws HydraException {@code INVALID_REQUEST} where there is no name, or no label: it would
   *     have all nodes
   */
  public Scope {
    // JSON may leave out what the types promise.
    if (Optional.ofNullable(name).isEmpty()) {
      throw new HydraException(ErrorCode.INVALID_REQUEST, "a scope needs a name");
    }
    nodeSelector = Optional.ofNullable(nodeSelector).orElse(Map.of());
    if (nodeSelector.isEmpty() || nodeSelector.values().stream().anyMatch(Objects::isNull)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "scope %s needs labels with values".formatted(name));
    }
    // In an order, so that the same scope is always the same text.
    nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
  }
}
