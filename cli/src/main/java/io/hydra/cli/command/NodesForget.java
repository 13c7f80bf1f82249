package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra nodes forget}. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description =
        "Forget a node that is gone for good. Refused while an instance is registered on it.",
    footer = {"hydra nodes forget node-9"})
public final class NodesForget implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "The node.")
  String name = "";

  @Mixin ManagerOptions options = new ManagerOptions();

  public NodesForget(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    session
        .manager(options.wanted())
        .nodes(
            api -> {
              api.delete(name);
              return name;
            });
    console.note("node %s forgotten; it comes back if its agent still runs".formatted(name));
  }
}
