package io.hydra.cli.command;

import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pages;
import io.hydra.cli.client.Session;
import io.hydra.cli.config.Wanted;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.StatusText;
import io.hydra.cli.output.Table;
import io.hydra.model.ChannelId;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.Page;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Lists instances; both {@code hydra instances} and {@code hydra instances list} do. */
abstract class InstanceListing implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ChannelOptions options = new ChannelOptions();
  @Mixin OutputOptions output = new OutputOptions();

  InstanceListing(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    // Only what is asked for narrows the list: a default would hide instances unsaid.
    var wanted = options.wanted();
    var destination = session.destination(wanted);
    var channel = wanted.release().map(name -> destination.channel());
    var page = list(session.manager(destination), channel, wanted);
    if (!output.table()) {
      console.document(output.format(), page);
      return;
    }
    if (page.items().isEmpty()) {
      console.note("no instance; an instance registers itself when its agent (AppMan) starts");
      return;
    }
    console.lines(table(page).lines(console.outColoured()));
  }

  private static Page<InstanceView> list(
      Manager manager, Optional<ChannelId> channel, Wanted wanted) {
    Page<InstanceView> page =
        Pages.all(
            cursor ->
                manager.instances(
                    api -> api.list(channel.map(ChannelId::toString), cursor, Pages.SIZE)));
    return new Page<>(
        page.items().stream()
            .filter(instance -> matches(instance.registration().channel(), wanted))
            .toList(),
        page.next());
  }

  private static boolean matches(ChannelId channel, Wanted wanted) {
    return wanted.env().map(channel.env()::equals).orElse(true)
        && wanted.namespace().map(channel.namespace()::equals).orElse(true);
  }

  private Table table(Page<InstanceView> page) {
    var table =
        new Table(
            "INSTANCE",
            "CHANNEL",
            "NODE",
            "CONNECTION",
            "HEARD",
            "STATE",
            "READY",
            "SERVES",
            "FAULT");
    for (var instance : page.items()) {
      var registration = instance.registration();
      table.row(
          Cell.of(registration.id().value()),
          Cell.of(registration.channel().toString()),
          Cell.of(registration.node().value()),
          StatusText.connection(instance.connection()),
          Cell.of(instance.lastHeard().map(console::age).map(age -> age + " ago").orElse("-")),
          StatusText.state(instance),
          StatusText.ready(instance),
          StatusText.serves(instance, Optional.empty()),
          StatusText.fault(instance.report().flatMap(InstanceReport::fault)));
    }
    return table;
  }
}
