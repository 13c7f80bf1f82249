package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra instances}: alone it lists. */
@Command(
    name = "instances",
    mixinStandardHelpOptions = true,
    description = "List, show and forget instances. Alone: list.",
    subcommands = {InstancesList.class, InstancesShow.class, InstancesForget.class},
    footer = {
      "hydra instances",
      "hydra instances --env prod -n search --release searcher",
      "hydra instances show searcher-1"
    })
public final class Instances extends InstanceListing {
  public Instances(Session session, Console console) {
    super(session, console);
  }
}
