package io.hydra.manager.observe;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;

/** Something new was heard. */
public sealed interface Sighting {
  /**
   * @param news what changed
   */
  record OfNode(NodeName name, News news) implements Sighting {}

  record OfInstance(InstanceId id) implements Sighting {}
}
