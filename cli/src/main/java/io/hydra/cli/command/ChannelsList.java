package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra channels list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List channels.",
    footer = {"hydra channels list --env prod", "hydra channels list -o json"})
public final class ChannelsList extends ChannelListing {
  public ChannelsList(Session session, Console console) {
    super(session, console);
  }
}
