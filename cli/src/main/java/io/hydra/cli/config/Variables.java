package io.hydra.cli.config;

import java.util.Map;
import java.util.Optional;

/** The environment variables of the process; an empty one counts as not set. */
public record Variables(Map<String, String> values) {
  public Variables {
    values = Map.copyOf(values);
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }
}
