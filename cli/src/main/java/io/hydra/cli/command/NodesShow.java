package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra nodes show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a node: its space and every dataset on it.",
    footer = {"hydra nodes show node-1", "hydra nodes show node-1 -o yaml"})
public final class NodesShow implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "The node.")
  String name = "";

  @Mixin ManagerOptions options = new ManagerOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public NodesShow(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var node = session.manager(options.wanted()).nodes(api -> api.get(name));
    if (!output.table()) {
      console.document(output.format(), node);
      return;
    }
    console.lines(NodeText.lines(node, console));
  }
}
