package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra nodes}: alone it lists. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    description = "List, show and forget nodes. Alone: list.",
    subcommands = {NodesList.class, NodesShow.class, NodesForget.class},
    footer = {"hydra nodes", "hydra nodes show node-1", "hydra nodes forget node-9"})
public final class Nodes extends NodeListing {
  public Nodes(Session session, Console console) {
    super(session, console);
  }
}
