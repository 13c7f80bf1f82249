package io.hydra.cli.command;

import io.hydra.cli.backup.Restore;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.ProgressLine;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Bring what hydra export has written into a manager, whatever its store. A channel that is there with another state keeps it: then all else is restored, and the exit code is 1. Begun again, it goes on where it broke off. The role admin is needed.",
    footer = {
      "hydra import backup.jsonl --check",
      "hydra import backup.jsonl --manager https://new-manager:8443"
    })
public final class Import implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ManagerOptions options = new ManagerOptions();

  @Parameters(paramLabel = "FILE", description = "What hydra export has written.")
  Path file = Path.of("");

  @Option(
      names = "--check",
      description = "Only tell whether the file is whole, and what is in it.")
  boolean check;

  @Option(names = "--force", description = "Also into a manager that agents are connected to.")
  boolean force;

  public Import(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    if (check) {
      console.line("whole: " + Restore.check(file));
      return;
    }
    // Nothing of a damaged file is restored.
    var contents = Restore.check(file);
    try (var progress = new ProgressLine(console)) {
      var restore = new Restore(session.manager(options.wanted()), file, progress::show);
      if (!force) {
        restore.requireNoAgents();
      }
      restore.run(contents);
    }
    console.note("imported " + contents);
  }
}
