package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.VersionConverter;
import io.hydra.cli.output.Console;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.ChannelView;
import io.hydra.wire.RejectRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra reject}. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = {
      "Have a release never be picked by itself. A staged one is not promoted; from the head, consumers go back.",
      "It is undone by `hydra rollback --to VERSION`, which makes it the head."
    },
    footer = {
      "hydra reject 2026-11-08T09-00-00 --reason \"wrong languages\" --env prod -n search --release searcher"
    })
public final class Reject implements Runnable {
  private final Session session;
  private final Console console;

  @Parameters(
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description = "The release's version, as `hydra releases` lists it.")
  Optional<ReleaseVersion> version = Optional.empty();

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "One sentence for those who wonder later, up to 500 characters.")
  Optional<String> reason = Optional.empty();

  @Mixin OutputOptions output = new OutputOptions();

  public Reject(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var rejected = version.orElseThrow();
    var request = new RejectRequest(rejected, reason);
    new HeadChanger(session, console, options, output)
        .carryOut(
            (api, id) -> api.reject(id.env(), id.namespace(), id.name(), Optional.empty(), request),
            channel -> tell(channel, rejected));
  }

  private void tell(ChannelView channel, ReleaseVersion rejected) {
    console.line(
        "%s is rejected; the head of %s is %s"
            .formatted(
                rejected, channel.id(), channel.head().map(Object::toString).orElse("nothing")));
    channel
        .pin()
        .filter(pin -> pin.version().equals(rejected))
        .ifPresent(
            pin -> console.note("the channel is pinned to it and stays there until `hydra unpin`"));
  }
}
