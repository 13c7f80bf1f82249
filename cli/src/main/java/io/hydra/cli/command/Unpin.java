package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.ScopeOption;
import io.hydra.cli.output.Console;
import io.hydra.model.ScopeName;
import java.util.Optional;
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
  @Mixin ScopeOption scope = new ScopeOption();
  @Mixin OutputOptions output = new OutputOptions();

  public Unpin(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var name = scope.scope().map(ScopeName::value);
    new HeadChanger(session, console, options, output)
        .carryOut(
            (api, id) -> api.unpin(id.env(), id.namespace(), id.name(), Optional.empty(), name),
            channel -> tell(new Place(channel, scope.scope())));
  }

  private void tell(Place place) {
    if (place.pin().isPresent()) {
      place.pinned().ifPresent(console::line);
      return;
    }
    console.line(
        "%s follows its head again: %s"
            .formatted(place, place.head().map(Object::toString).orElse("no release yet")));
  }
}
