package io.hydra.cli.command;

import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pause;
import io.hydra.cli.client.Retry;
import io.hydra.cli.client.Session;
import io.hydra.cli.follow.Displays;
import io.hydra.cli.follow.Follower;
import io.hydra.cli.follow.RolloutWait;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.DurationConverter;
import io.hydra.cli.option.HelpOption;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.VersionConverter;
import io.hydra.cli.output.Console;
import io.hydra.cli.template.TemplateFile;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra publish}. */
@Command(
    name = "publish",
    description = {
      "Publish a release: find the versions, freeze the file lists, append it to the channel.",
      "The same content as the newest release gives that release, not a second one."
    },
    footer = {
      "hydra publish template.json --env prod --release searcher -n search",
      "hydra publish template.json --wait --timeout 30m",
      "hydra publish template.yaml --version 2026-11-08T09-00-00",
      "generate | hydra publish - --same-version --dry-run -o json"
    })
public final class Publish implements Runnable {
  private final Session session;
  private final Console console;
  private final Pause pause;

  @Parameters(
      paramLabel = "TEMPLATE",
      description = "The data template, JSON or YAML; - for stdin. See `hydra template --help`.")
  String file = "";

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description = "What fills {VERSION_PLACEHOLDER}; without it, the newest on the source.")
  Optional<ReleaseVersion> version = Optional.empty();

  @Option(
      names = "--same-version",
      description = "All datasets must have one version: the newest that all of them have.")
  boolean sameVersion;

  @Option(
      names = "--dry-run",
      description = "Check and find everything, append and create nothing.")
  boolean dryRun;

  @Option(
      names = "--create-channel",
      description = "Create the channel if there is none, once all is checked.")
  boolean createChannel;

  @Option(
      names = {"-w", "--wait"},
      description = "Wait until every instance serves the release, showing how it goes.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1h",
      description = "How long --wait waits, such as 90s or 30m; 0: for ever (default: 1h).")
  Duration timeout = Duration.ofHours(1);

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin HelpOption help = new HelpOption();

  public Publish(Session session, Console console, Pause pause) {
    this.session = session;
    this.console = console;
    this.pause = pause;
  }

  @Override
  public void run() {
    var template = new TemplateFile(console.in()).read(file);
    var destination = session.destination(options.wanted());
    var channel = destination.channel();
    var manager = session.manager(destination);
    boolean young = createChannel && !ChannelsCreate.exists(manager, channel);
    var result =
        publish(
            manager, channel, new PublishRequest(template, sameVersion, version, dryRun, young));
    if (young) {
      console.note("channel %s %s".formatted(channel, dryRun ? "would be created" : "created"));
    }
    show(result);
    if (wait && !dryRun) {
      var follower = new Follower(manager, channel, pause, console.clock());
      new RolloutWait(follower, console, channel)
          .await(
              result.release().ref(),
              timeout,
              () -> Displays.ofProgress(console, output.format()),
              output.table() ? console::line : console::note);
    }
  }

  /** One key for all tries: a try whose answer was lost is recognised, and not done twice. */
  private PublishResult publish(Manager manager, ChannelId id, PublishRequest request) {
    var key = Optional.of(UUID.randomUUID().toString());
    return new Retry(pause, RandomGenerator.getDefault())
        .run(
            () ->
                manager.patiently(
                    api -> api.publish(id.env(), id.namespace(), id.name(), key, request)),
            why -> console.note("trying again: " + why));
  }

  private void show(PublishResult result) {
    if (!output.table()) {
      console.document(output.format(), result);
      return;
    }
    console.lines(ReleaseText.lines(result, dryRun, console.outColoured()));
  }
}
