package io.hydra.manager.observe;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;

/** Something new was heard. */
public sealed interface Sighting {
  /**
   * @param urgent false when only progress changed, which moves no plan
   * @param news what changed
   */
  record OfNode(NodeName name, boolean urgent, News news) implements Sighting {}

  record OfInstance(InstanceId id) implements Sighting {}
}
