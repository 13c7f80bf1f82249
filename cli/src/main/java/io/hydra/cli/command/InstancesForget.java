package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra instances forget}. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Forget an instance that is gone for good, so that no rollout counts or waits for it.",
      "Refused while the instance is connected."
    },
    footer = {"hydra instances forget searcher-9"})
public final class InstancesForget implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(paramLabel = "ID", description = "The instance.")
  String id = "";

  @Option(names = "--force", description = "Forget it even though it is connected.")
  boolean force;

  @Mixin ManagerOptions options = new ManagerOptions();

  public InstancesForget(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    session
        .manager(options.wanted())
        .instances(
            api -> {
              api.delete(id, force);
              return id;
            });
    console.note("instance %s forgotten; it comes back if its agent still runs".formatted(id));
  }
}
