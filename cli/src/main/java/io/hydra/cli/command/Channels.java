package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra channels}: alone it lists. */
@Command(
    name = "channels",
    mixinStandardHelpOptions = true,
    description = "List, create, change and delete channels. Alone: list.",
    subcommands = {
      ChannelsList.class,
      ChannelsShow.class,
      ChannelsCreate.class,
      ChannelsSet.class,
      ChannelsDelete.class
    },
    footer = {
      "hydra channels --env prod",
      "hydra channels create prod/search/searcher --max-unavailable 25%%",
      "hydra channels set prod/search/searcher --retain-on-node 3",
      "hydra channels show prod/search/searcher -o yaml"
    })
public final class Channels extends ChannelListing {
  public Channels(Session session, Console console) {
    super(session, console);
  }
}
