package io.hydra.docto.config;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** Which node this is. */
@ConfigMapping(prefix = "hydra.node")
public interface NodeConfig {
  /** The node's name, unique in its environment. Default: the host's name. */
  Optional<String> name();

  /** Labels that node selectors match, such as {@code hydra.node.labels.zone=a}. */
  Map<String, String> labels();
}
