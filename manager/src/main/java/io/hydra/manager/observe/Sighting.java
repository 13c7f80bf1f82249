package io.hydra.manager.observe;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;

/** Something new was heard. */
public sealed interface Sighting {
  /**
   * @param urgent false when only progress changed, which moves no plan
   */
  record OfNode(NodeName name, boolean urgent) implements Sighting {}

  record OfInstance(InstanceId id) implements Sighting {}
}
