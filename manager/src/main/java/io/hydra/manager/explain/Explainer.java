package io.hydra.manager.explain;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Explanation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells why a release is or is not somewhere. */
@ApplicationScoped
public class Explainer {
  /**
   * @param version the target when empty
   * @throws HydraException {@code UNKNOWN_CHANNEL}
   */
  public Explanation explain(
      ChannelId id,
      Optional<ReleaseVersion> version,
      Optional<NodeName> node,
      Optional<InstanceId> instance) {
    throw new HydraException(
        ErrorCode.UNAVAILABLE,
        "no explanation of %s %s %s %s yet".formatted(id, version, node, instance));
  }
}
