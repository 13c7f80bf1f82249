package io.hydra.cli.command;

import io.hydra.api.ChannelsApi;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.ScopeOption;
import io.hydra.cli.option.VersionConverter;
import io.hydra.cli.output.Console;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.ChannelView;
import io.hydra.wire.RollbackRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Make an older release the head. Newer ones are rejected: never picked again by themselves.",
      "A rollback is undone by --to a newer version that was rejected: it is the head again."
    },
    footer = {
      "hydra rollback --env prod -n search --release searcher",
      "hydra rollback --to 2026-11-01T09-00-00"
    })
public final class Rollback implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description =
          "An older version, or a newer one that was rejected; without it, the newest before the head"
              + " that was not rejected.")
  Optional<ReleaseVersion> to = Optional.empty();

  @Mixin ScopeOption scope = new ScopeOption();
  @Mixin OutputOptions output = new OutputOptions();

  public Rollback(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var request = new RollbackRequest(to, scope.scope());
    // Not repeated by itself: after an answer that was lost, a second one would go back further.
    new HeadChanger(session, console, options, output)
        .carryOut(
            (api, id) ->
                api.rollback(id.env(), id.namespace(), id.name(), expected(api, id), request),
            channel -> tell(new Place(channel, scope.scope())));
  }

  /** Without a goal it is from where the channel is now, whoever else goes back at the moment. */
  private Optional<String> expected(ChannelsApi api, ChannelId id) {
    return to.isPresent()
        ? Optional.empty()
        : Optional.of(
            ChannelView.entityTag(api.get(id.env(), id.namespace(), id.name()).revision()));
  }

  private void tell(Place place) {
    console.line(
        "%s goes to %s; `hydra status --watch` shows it roll"
            .formatted(place, place.head().map(Object::toString).orElse("nothing")));
    place.pinned().ifPresent(console::note);
  }
}
