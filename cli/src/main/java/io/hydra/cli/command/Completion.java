package io.hydra.cli.command;

import io.hydra.cli.output.Console;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hydra completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script that completes commands and options in bash and zsh.",
    footer = {
      "source <(hydra completion)",
      "hydra completion > ~/.local/share/bash-completion/completions/hydra"
    })
public final class Completion implements Runnable {
  /** What shells complete, whatever this process is called. */
  private static final String COMMAND = "hydra";

  private final Console console;

  @Spec CommandSpec spec = CommandSpec.create();

  public Completion(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    var root = spec.root();
    console.out().print(AutoComplete.bash(COMMAND, root.commandLine()));
    console.out().println();
    console.out().flush();
  }
}
