package io.hydra.cli.option;

import io.hydra.cli.config.Wanted;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which manager is asked. */
public class ManagerOptions {
  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context to use; without it, see `hydra context --help`.")
  protected Optional<String> context = Optional.empty();

  @Option(
      names = "--manager",
      paramLabel = "URL",
      description = "The manager's address ($HYDRA_MANAGER).")
  protected Optional<String> manager = Optional.empty();

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "The environment ($HYDRA_ENV). It also chooses the context that lists it.")
  protected Optional<String> env = Optional.empty();

  public Wanted wanted() {
    return new Wanted(context, manager, env, Optional.empty(), Optional.empty());
  }
}
