package io.hydra.cli.command;

import io.hydra.api.ChannelsApi;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Console;
import io.hydra.model.ChannelId;
import io.hydra.wire.ChannelView;
import java.util.function.Consumer;

/** What commands have in common that change what a channel's consumers should be on. */
record HeadChanger(Session session, Console console, ChannelOptions options, OutputOptions output) {
  /** One call to the manager. */
  interface Change {
    ChannelView apply(ChannelsApi api, ChannelId id);
  }

  /**
   * @param tell of what holds then; not called where a document is wanted, which tells all of it
   */
  void carryOut(Change change, Consumer<ChannelView> tell) {
    var destination = session.destination(options.wanted());
    var channel =
        session.manager(destination).channels(api -> change.apply(api, destination.channel()));
    if (output.table()) {
      tell.accept(channel);
    } else {
      console.document(output.format(), channel);
    }
  }
}
