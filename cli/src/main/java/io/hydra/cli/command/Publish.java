package io.hydra.cli.command;

import io.hydra.cli.client.Pause;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.HelpOption;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.TemplateOptions;
import io.hydra.cli.option.WaitOptions;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin TemplateOptions template = new TemplateOptions();
  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--dry-run",
      description = "Check and find everything, append and create nothing.")
  boolean dryRun;

  @Option(
      names = "--create-channel",
      description = "Create the channel if there is none, once all is checked.")
  boolean createChannel;

  @Mixin WaitOptions waiting = new WaitOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Mixin HelpOption help = new HelpOption();

  public Publish(Session session, Console console, Pause pause) {
    this.session = session;
    this.console = console;
    this.pause = pause;
  }

  @Override
  public void run() {
    var given = template.request(console.in(), dryRun, createChannel);
    var destination = session.destination(options.wanted());
    var channel = destination.channel();
    var manager = session.manager(destination);
    boolean young = createChannel && !ChannelsCreate.exists(manager, channel);
    var request = given.withCreateChannel(young);
    var publication = new Publication(manager, channel, console, pause);
    var result =
        publication.send(
            key ->
                manager.patiently(
                    api ->
                        api.publish(
                            channel.env(), channel.namespace(), channel.name(), key, request)));
    if (young) {
      console.note("channel %s %s".formatted(channel, dryRun ? "would be created" : "created"));
    }
    publication.show(result, dryRun, output);
    if (!dryRun) {
      publication.await(result, waiting, output);
    }
  }
}
