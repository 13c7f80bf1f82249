package io.hydra.manager.observe;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.NodeReport;

/** Takes what agents report. */
public interface Reports {
  /**
   * @throws io.hydra.error.HydraException {@code UNKNOWN_NODE}, upon which the agent registers
   *     again
   */
  void node(NodeName name, NodeReport report);

  /**
   * @throws io.hydra.error.HydraException {@code UNKNOWN_INSTANCE}, upon which the agent registers
   *     again
   */
  void instance(InstanceId id, InstanceReport report);
}
