package io.hydra.cli.command;

import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.StatusText;
import io.hydra.cli.output.Table;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One instance as lines for people. */
final class InstanceText {
  private InstanceText() {}

  static List<String> lines(InstanceView instance, Console console) {
    var registration = instance.registration();
    var table = new Table("INSTANCE", registration.id().value());
    row(table, "channel", registration.channel().toString());
    row(table, "node", registration.node().value());
    table.row(Cell.of("connection"), StatusText.connection(instance.connection()));
    row(
        table,
        "heard",
        instance.lastHeard().map(console::age).map(age -> age + " ago").orElse("-"));
    row(table, "granted", instance.granted().map(InstanceText::grant).orElse("-"));
    table.row(Cell.of("state"), StatusText.state(instance));
    table.row(Cell.of("ready"), StatusText.ready(instance));
    instance.report().ifPresent(report -> rows(table, report));
    return table.lines(console.outColoured());
  }

  private static void rows(Table table, InstanceReport report) {
    row(table, "serves", report.serving().map(ReleaseRef::toString).orElse("-"));
    row(table, "moves to", report.moving().map(ReleaseRef::toString).orElse("-"));
    row(table, "let go", report.released() ? "yes" : "no");
    row(table, "loaded", loaded(report));
    row(table, "failed last", report.failed().map(ReleaseRef::toString).orElse("-"));
    table.row(
        Cell.of("fault"),
        report.fault().isEmpty() ? Cell.of("-") : StatusText.fault(report.fault()));
    row(table, "epoch", Long.toString(report.epoch()));
  }

  private static String loaded(InstanceReport report) {
    return new TreeMap<>(report.loaded())
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue().brief())
            .collect(Collectors.joining(", "));
  }

  private static String grant(Grant grant) {
    return grant.release()
        + (grant.letGo() ? ", after letting go of the old data" : "")
        + " (epoch "
        + grant.epoch()
        + ")";
  }

  private static void row(Table table, String name, String value) {
    table.row(Cell.of(name), Cell.of(value.isEmpty() ? "-" : value));
  }
}
