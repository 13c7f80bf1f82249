package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.NamedChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.SettingsOptions;
import io.hydra.cli.output.Console;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra channels create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Create a channel. Settings that are left out take their defaults.",
    footer = {
      "hydra channels create prod/search/searcher",
      "hydra channels create prod/search/searcher --max-unavailable 25%% --progress-deadline 30m",
      "hydra channels create prod/search/searcher --version-scheme dotted --node-selector disk=nvme"
    })
public final class ChannelsCreate implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin NamedChannelOptions options = new NamedChannelOptions();
  @Mixin SettingsOptions settings = new SettingsOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public ChannelsCreate(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var manager = session.manager(destination);
    if (exists(manager, id)) {
      throw new CliFailure(
          ExitCode.REFUSED,
          ErrorCode.CONFLICT.name(),
          "channel %s exists already".formatted(id),
          Optional.of("change it with `hydra channels set %s`".formatted(id)));
    }
    var channel =
        manager.channels(
            api ->
                api.put(
                    id.env(), id.namespace(), id.name(), Optional.empty(), settings.settings()));
    if (!output.table()) {
      console.document(output.format(), channel);
      return;
    }
    console.line("channel %s created".formatted(id));
  }

  static boolean exists(Manager manager, ChannelId id) {
    try {
      manager.channels(api -> api.get(id.env(), id.namespace(), id.name()));
      return true;
    } catch (HydraException refused) {
      if (refused.code() == ErrorCode.UNKNOWN_CHANNEL) {
        return false;
      }
      throw refused;
    }
  }
}
