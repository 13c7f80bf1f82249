package io.hydra.manager.observe;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeView;
import java.util.List;
import java.util.Optional;

/** Every registered node and instance with what was last heard of it, ordered by name. */
public interface ClusterView {
  List<NodeView> nodes();

  Optional<NodeView> node(NodeName name);

  List<InstanceView> instances();

  Optional<InstanceView> instance(InstanceId id);
}
