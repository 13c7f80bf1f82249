package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra nodes list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List nodes: their agents, their space and what they hold.",
    footer = {"hydra nodes list", "hydra nodes list -o json"})
public final class NodesList extends NodeListing {
  public NodesList(Session session, Console console) {
    super(session, console);
  }
}
