package io.hydra.cli.command;

import io.hydra.cli.client.Pause;
import io.hydra.cli.client.Session;
import io.hydra.cli.follow.EventDisplay;
import io.hydra.cli.follow.EventFollower;
import io.hydra.cli.option.NamedChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra events}. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description =
        "Tell what changes as it happens, until Ctrl-C: publishes, heads, pins, rejections, rollouts, reloads. Only what is given"
            + " narrows it. A connection that ends is made anew, and goes on where it was; where events may have been"
            + " missed, stderr says so, and json and yaml hold an event RESET.",
    footer = {
      "hydra events",
      "hydra events prod/search/searcher",
      "hydra events --env prod -n search -o json | jq -r 'select(.type == \"RELOAD_FAILED\").message'",
      "hydra events --since \"$LAST_ID\" -o json"
    })
public final class Events implements Runnable {
  private final Session session;
  private final Console console;
  private final Pause pause;

  @Mixin NamedChannelOptions options = new NamedChannelOptions();

  @Option(
      names = "--since",
      paramLabel = "ID",
      description = "Go on after this event; without it, only what happens from now on.")
  Optional<String> since = Optional.empty();

  @Mixin OutputOptions output = new OutputOptions();

  public Events(Session session, Console console, Pause pause) {
    this.session = session;
    this.console = console;
    this.pause = pause;
  }

  @Override
  public void run() {
    // Only what is asked for narrows it: a default would hide events unsaid.
    var wanted = options.wanted();
    new EventFollower(
            session.manager(wanted),
            (api, from) -> api.watch(wanted.env(), wanted.namespace(), wanted.release(), from),
            since,
            pause,
            new EventDisplay(console, output.format()))
        .follow();
  }
}
