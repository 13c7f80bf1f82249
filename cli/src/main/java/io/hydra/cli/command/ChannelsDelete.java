package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.NamedChannelOptions;
import io.hydra.cli.output.Console;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra channels delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Delete a channel with its releases. Refused while an instance or a pod uses it.",
    footer = {"hydra channels delete prod/search/searcher"})
public final class ChannelsDelete implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin NamedChannelOptions options = new NamedChannelOptions();

  public ChannelsDelete(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    if (!options.named()) {
      throw CliFailure.usage(
          "the channel is missing", "a channel is deleted only by name, never by a default");
    }
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    session
        .manager(destination)
        .channels(
            api -> {
              api.delete(id.env(), id.namespace(), id.name(), Optional.empty());
              return id;
            });
    console.note("channel %s deleted".formatted(id));
  }
}
