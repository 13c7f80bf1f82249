package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.NamedChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.SettingsOptions;
import io.hydra.cli.output.Console;
import io.hydra.wire.ChannelView;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra channels set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Change a channel's settings. Those that are left out keep their value.",
    footer = {
      "hydra channels set prod/search/searcher --max-unavailable 2",
      "hydra channels set prod/search/searcher --no-node-selector"
    })
public final class ChannelsSet implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin NamedChannelOptions options = new NamedChannelOptions();
  @Mixin SettingsOptions settings = new SettingsOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public ChannelsSet(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    if (settings.nothingGiven()) {
      throw CliFailure.usage("no setting is given", "see `hydra channels set --help`");
    }
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var manager = session.manager(destination);
    // Put alone would create a channel where there is none, perhaps under a mistyped name.
    var known = manager.channels(api -> api.get(id.env(), id.namespace(), id.name()));
    var channel =
        manager.channels(
            api ->
                api.put(id.env(), id.namespace(), id.name(), expected(known), settings.settings()));
    if (!output.table()) {
      console.document(output.format(), channel);
      return;
    }
    console.lines(ChannelText.lines(channel, console.outColoured()));
  }

  /** Scopes are set as a whole: one that somebody else adds at the moment must not be lost. */
  private Optional<String> expected(ChannelView known) {
    return settings.settings().scopes().map(scopes -> ChannelView.entityTag(known.revision()));
  }
}
