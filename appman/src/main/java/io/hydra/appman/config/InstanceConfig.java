package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Which instance this is. */
@ConfigMapping(prefix = "hydra.instance")
public interface InstanceConfig {
  /** Name of the instance, unique in its environment; default: the host's name. */
  Optional<String> id();

  /** The channel whose releases it serves, written {@code env/namespace/name}; required. */
  Optional<String> channel();

  /** The node whose Docto brings its data; default: the host's name. */
  Optional<String> node();
}
