package io.hydra.manager.discovery;

import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.util.Optional;

/** A registration that came, changed or went; at least one side is present. */
public sealed interface RosterChange {
  record OfNode(Optional<NodeRegistration> before, Optional<NodeRegistration> after)
      implements RosterChange {}

  record OfInstance(Optional<InstanceRegistration> before, Optional<InstanceRegistration> after)
      implements RosterChange {}
}
