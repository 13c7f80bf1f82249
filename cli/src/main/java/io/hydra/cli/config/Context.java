package io.hydra.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * One entry of the configuration file: a manager, and what a command takes when its options do not
 * say.
 *
 * @param manager its address
 * @param environments that this manager serves; empty: any
 * @param namespace default of {@code --namespace}
 * @param release default of {@code --release}
 */
public record Context(
    Optional<String> manager,
    List<String> environments,
    Optional<String> namespace,
    Optional<String> release) {
  public static final Context EMPTY =
      new Context(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  @SuppressWarnings("NullAway") // Jackson passes null for a list that the file leaves out
  public Context {
    environments = environments == null ? List.of() : List.copyOf(environments);
  }
}
