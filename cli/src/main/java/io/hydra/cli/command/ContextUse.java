package io.hydra.cli.command;

import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hydra context use}. */
@Command(
    name = "use",
    mixinStandardHelpOptions = true,
    description = "Make a context the current one.",
    footer = {"hydra context use local"})
public final class ContextUse implements Runnable {
  private final ConfigFile file;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "The context.")
  String name = "";

  public ContextUse(ConfigFile file, Console console) {
    this.file = file;
    this.console = console;
  }

  @Override
  public void run() {
    var config = file.read();
    var context = Contexts.find(config, name);
    file.write(config.withCurrent(name));
    console.note(
        "context '%s' is the current one now%s"
            .formatted(name, context.manager().map(address -> ": " + address).orElse("")));
  }
}
