package io.hydra.cli.command;

import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra context}: alone it lists. */
@Command(
    name = "context",
    mixinStandardHelpOptions = true,
    description = {
      "Name managers, and what commands take when options do not say. Alone: list.",
      "",
      "A command takes the context that --context names; else, with --env or $HYDRA_ENV, the one that lists that"
          + " environment; else the current one; else the only one. --manager and $HYDRA_MANAGER give the address"
          + " alone. Without any of these: http://127.0.0.1:8080 and the environment prod.",
      "",
      "They are kept in $HYDRA_CONFIG, else in hydra/config.yaml below $XDG_CONFIG_HOME or ~/.config."
    },
    subcommands = {
      ContextList.class,
      ContextUse.class,
      ContextSet.class,
      ContextShow.class,
      ContextDelete.class
    },
    footer = {
      "hydra context set local --manager http://127.0.0.1:8080 --environment prod -n search --release searcher --use",
      "hydra context",
      "hydra context use local"
    })
public final class ContextGroup extends ContextListing {
  public ContextGroup(ConfigFile file, Console console) {
    super(file, console);
  }
}
