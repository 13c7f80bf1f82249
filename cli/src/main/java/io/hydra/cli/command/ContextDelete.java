package io.hydra.cli.command;

import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hydra context delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Delete a context from the configuration file. The manager is not touched.",
    footer = {"hydra context delete old"})
public final class ContextDelete implements Runnable {
  private final ConfigFile file;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "The context.")
  String name = "";

  public ContextDelete(ConfigFile file, Console console) {
    this.file = file;
    this.console = console;
  }

  @Override
  public void run() {
    var config = file.read();
    var unused = Contexts.find(config, name);
    file.write(config.without(name));
    console.note("context '%s' deleted".formatted(name));
  }
}
