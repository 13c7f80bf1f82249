package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.ScopeOption;
import io.hydra.cli.option.VersionConverter;
import io.hydra.cli.output.Console;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.PinRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra pin}. */
@Command(
    name = "pin",
    mixinStandardHelpOptions = true,
    description =
        "Keep consumers on a release, whatever is published. If a pinned release fails, the rollout stops and waits for a person.",
    footer = {
      "hydra pin 2026-11-08T09-00-00 --env prod -n search --release searcher",
      "hydra pin 2026-11-08T09-00-00 --scope eu",
      "hydra unpin"
    })
public final class Pin implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description = "The release's version, as `hydra releases` lists it.")
  Optional<ReleaseVersion> version = Optional.empty();

  @Mixin ChannelOptions options = new ChannelOptions();
  @Mixin ScopeOption scope = new ScopeOption();
  @Mixin OutputOptions output = new OutputOptions();

  public Pin(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var request = new PinRequest(version.orElseThrow(), scope.scope());
    new HeadChanger(session, console, options, output)
        .carryOut(
            (api, id) -> api.pin(id.env(), id.namespace(), id.name(), Optional.empty(), request),
            channel -> tell(new Place(channel, scope.scope())));
  }

  private void tell(Place place) {
    console.line(
        "%s is pinned to %s; `hydra status --watch` shows it roll, `hydra unpin%s` lets go"
            .formatted(
                place,
                place.pin().map(Object::toString).orElse("nothing"),
                place.scope().map(" --scope %s"::formatted).orElse("")));
  }
}
