package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra instances show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show an instance: what it serves, has loaded and is told to do.",
    footer = {"hydra instances show searcher-1", "hydra instances show searcher-1 -o yaml"})
public final class InstancesShow implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(paramLabel = "ID", description = "The instance.")
  String id = "";

  @Mixin ManagerOptions options = new ManagerOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public InstancesShow(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var instance = session.manager(options.wanted()).instances(api -> api.get(id));
    if (!output.table()) {
      console.document(output.format(), instance);
      return;
    }
    console.lines(InstanceText.lines(instance, console));
  }
}
