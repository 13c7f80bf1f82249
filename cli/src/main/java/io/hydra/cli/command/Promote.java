package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.ScopeOption;
import io.hydra.cli.option.VersionConverter;
import io.hydra.cli.output.Console;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.PromoteRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra promote}. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = {
      "Make a staged release the head: consumers roll over to it.",
      "Releases are staged in channels whose promotion is manual or verified. They can be promoted before nodes have them, too."
    },
    footer = {
      "hydra promote --env prod -n search --release searcher",
      "hydra promote 2026-11-08T09-00-00 --scope eu",
      "hydra channels set prod/search/searcher --promotion manual"
    })
public final class Promote implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(
      paramLabel = "VERSION",
      arity = "0..1",
      converter = VersionConverter.class,
      description = "The staged release's version; without it, the newest that is staged.")
  Optional<ReleaseVersion> version = Optional.empty();

  @Mixin ChannelOptions options = new ChannelOptions();
  @Mixin ScopeOption scope = new ScopeOption();
  @Mixin OutputOptions output = new OutputOptions();

  public Promote(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var request = new PromoteRequest(version, scope.scope());
    new HeadChanger(session, console, options, output)
        .carryOut(
            (api, id) ->
                api.promote(id.env(), id.namespace(), id.name(), Optional.empty(), request),
            channel -> tell(new Place(channel, scope.scope())));
  }

  private void tell(Place place) {
    console.line(
        "%s is the head of %s; `hydra status --watch` shows it roll"
            .formatted(place.head().map(Object::toString).orElse("nothing"), place));
    place.pinned().ifPresent(console::note);
  }
}
