package io.hydra.cli.command;

import io.hydra.cli.client.Pause;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.VersionConverter;
import io.hydra.cli.option.WaitOptions;
import io.hydra.cli.output.Console;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.RepublishRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra republish}. */
@Command(
    name = "republish",
    mixinStandardHelpOptions = true,
    description = {
      "Release the content of an existing release again, under a new version: nothing is uploaded, nor looked for at its sources.",
      "It may be older than the head, or rejected; with --from it comes from another channel of the same manager."
    },
    footer = {
      "hydra republish 2026-11-08T09-00-00 --env prod -n search --release searcher",
      "hydra republish 2026-11-08T09-00-00 --from stage/search/searcher --wait"
    })
public final class Republish implements Runnable {
  private final Session session;
  private final Console console;
  private final Pause pause;

  @Parameters(
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description = "The existing release's version.")
  Optional<ReleaseVersion> version = Optional.empty();

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--from",
      paramLabel = "CHANNEL",
      description = "The channel that has it, as ENV/NAMESPACE/NAME; without it, the same channel.")
  Optional<String> from = Optional.empty();

  @Option(
      names = "--as",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description =
          "The new release's version; without it, that of its newest dataset if it is newer than all before, else the time.")
  Optional<ReleaseVersion> as = Optional.empty();

  @Option(names = "--dry-run", description = "Tell what would be released, append nothing.")
  boolean dryRun;

  @Mixin WaitOptions waiting = new WaitOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public Republish(Session session, Console console, Pause pause) {
    this.session = session;
    this.console = console;
    this.pause = pause;
  }

  @Override
  public void run() {
    var request =
        new RepublishRequest(version.orElseThrow(), from.map(ChannelId::parse), as, dryRun);
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var manager = session.manager(destination);
    var publication = new Publication(manager, id, console, pause);
    var result =
        publication.send(
            key ->
                manager.channels(
                    api -> api.republish(id.env(), id.namespace(), id.name(), key, request)));
    publication.show(result, dryRun, output);
    if (!dryRun) {
      publication.await(result, waiting, output);
    }
  }
}
