package io.hydra.cli.command;

import io.hydra.cli.client.Pages;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.NamespaceOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Page;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Lists channels; both {@code hydra channels} and {@code hydra channels list} do. */
abstract class ChannelListing implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin NamespaceOptions options = new NamespaceOptions();
  @Mixin OutputOptions output = new OutputOptions();

  ChannelListing(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    // Only what is asked for narrows the list: a default would hide channels unsaid.
    var wanted = options.wanted();
    var manager = session.manager(wanted);
    Page<ChannelView> page =
        Pages.all(
            cursor ->
                manager.channels(
                    api -> api.list(wanted.env(), wanted.namespace(), cursor, Pages.SIZE)));
    if (!output.table()) {
      console.document(output.format(), page);
      return;
    }
    if (page.items().isEmpty()) {
      console.note("no channel; create one: hydra channels create ENV/NAMESPACE/NAME");
      return;
    }
    console.lines(table(page).lines(console.outColoured()));
  }

  private static Table table(Page<ChannelView> page) {
    var table = new Table("CHANNEL", "HEAD", "PIN", "MAX UNAVAILABLE", "KEPT ON NODES");
    for (var channel : page.items()) {
      var settings = channel.settings();
      table.row(
          Cell.of(channel.id().toString()),
          release(channel.head()),
          channel.pin().map(pin -> new Cell(pin.toString(), Style.WARNING)).orElse(Cell.of("-")),
          Cell.of(settings.maxUnavailable().map(Object::toString).orElse("-")),
          Cell.of(settings.retainOnNode().map(Object::toString).orElse("-")));
    }
    return table;
  }

  private static Cell release(Optional<ReleaseRef> release) {
    return Cell.of(release.map(ReleaseRef::toString).orElse("-"));
  }
}
