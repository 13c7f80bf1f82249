package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.NamedChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra channels show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a channel: its head, its pin and its settings.",
    footer = {
      "hydra channels show prod/search/searcher",
      "hydra channels show --env prod -n search --release searcher -o yaml"
    })
public final class ChannelsShow implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin NamedChannelOptions options = new NamedChannelOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public ChannelsShow(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var channel =
        session.manager(destination).channels(api -> api.get(id.env(), id.namespace(), id.name()));
    if (!output.table()) {
      console.document(output.format(), channel);
      return;
    }
    console.lines(ChannelText.lines(channel, console.outColoured()));
  }
}
