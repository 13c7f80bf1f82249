package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra unpin}. */
@Command(
    name = "unpin",
    mixinStandardHelpOptions = true,
    description = "Let consumers follow the head again.",
    footer = {"hydra unpin --env prod -n search --release searcher"})
public final class Unpin implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ChannelOptions options = new ChannelOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public Unpin(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var channel =
        session
            .manager(destination)
            .channels(api -> api.unpin(id.env(), id.namespace(), id.name()));
    if (!output.table()) {
      console.document(output.format(), channel);
      return;
    }
    console.line(
        "%s follows its head again: %s"
            .formatted(id, channel.head().map(Object::toString).orElse("no release yet")));
  }
}
