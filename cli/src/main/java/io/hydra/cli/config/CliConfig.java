package io.hydra.cli.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Content of the configuration file.
 *
 * @param currentContext key {@code current-context}: the one that commands use by themselves
 * @param contexts by name, in the order of their names
 */
@JsonPropertyOrder({"current-context", "contexts"})
public record CliConfig(
    @JsonProperty("current-context") @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<String> currentContext,
    Map<String, Context> contexts) {
  public static final CliConfig EMPTY = new CliConfig(Optional.empty(), Map.of());

  @SuppressWarnings("NullAway") // Jackson passes null for what the file leaves out
  public CliConfig {
    contexts = contexts == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(contexts));
  }

  public Optional<Context> context(String name) {
    return Optional.ofNullable(contexts.get(name));
  }

  public CliConfig with(String name, Context context) {
    var changed = new TreeMap<>(contexts);
    changed.put(name, context);
    return new CliConfig(currentContext, changed);
  }

  /** Without that context; it is no longer the current one either. */
  public CliConfig without(String name) {
    var changed = new TreeMap<>(contexts);
    changed.remove(name);
    return new CliConfig(currentContext.filter(current -> !current.equals(name)), changed);
  }

  public CliConfig withCurrent(String name) {
    return new CliConfig(Optional.of(name), contexts);
  }
}
