package io.hydra.cli.command;

import io.hydra.cli.client.Pause;
import io.hydra.cli.client.Session;
import io.hydra.cli.follow.Displays;
import io.hydra.cli.follow.Follower;
import io.hydra.cli.follow.Interruption;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.StatusText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show how far a channel's rollout is, node by node and instance by instance.",
    footer = {
      "hydra status --env prod -n search --release searcher",
      "hydra status --watch",
      "hydra status -o json | jq -r .rollout.phase"
    })
public final class Status implements Runnable {
  private final Session session;
  private final Console console;
  private final Pause pause;

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = {"-w", "--watch"},
      description =
          "Go on until Ctrl-C: in place on a terminal, else a line a change; with json a document a line.")
  boolean watch;

  @Mixin OutputOptions output = new OutputOptions();

  public Status(Session session, Console console, Pause pause) {
    this.session = session;
    this.console = console;
    this.pause = pause;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var follower =
        new Follower(session.manager(destination), destination.channel(), pause, console.clock());
    var status = follower.status();
    if (watch) {
      watch(follower);
      return;
    }
    if (!output.table()) {
      console.document(output.format(), status);
      return;
    }
    console.lines(new StatusText(console.outColoured(), console.now()).lines(status));
  }

  private void watch(Follower follower) {
    try (var display = Displays.ofResult(console, output.format());
        var _ = Interruption.onEnd(display::close)) {
      follower.watch(display);
    }
  }
}
