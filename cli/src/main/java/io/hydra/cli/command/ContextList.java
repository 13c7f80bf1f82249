package io.hydra.cli.command;

import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra context list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List contexts; a star marks the current one.",
    footer = {"hydra context list", "hydra context list -o json"})
public final class ContextList extends ContextListing {
  public ContextList(ConfigFile file, Console console) {
    super(file, console);
  }
}
