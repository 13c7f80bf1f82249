package io.hydra.cli.command;

import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Quantities;
import io.hydra.cli.output.StatusText;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import java.util.ArrayList;
import java.util.List;

/** One node as lines for people. */
final class NodeText {
  private NodeText() {}

  static List<String> lines(NodeView node, Console console) {
    var registration = node.registration();
    var table = new Table("NODE", registration.name().value());
    table.row(Cell.of("connection"), StatusText.connection(node.connection()));
    row(table, "heard", node.lastHeard().map(console::age).map(age -> age + " ago").orElse("-"));
    row(table, "labels", ChannelText.labels(registration.labels()));
    row(table, "data root", registration.dataRoot());
    row(table, "agent", registration.agentVersion());
    node.report().ifPresent(report -> rows(table, report));
    var lines = new ArrayList<>(table.lines(console.outColoured()));
    node.report()
        .filter(report -> !report.datasets().isEmpty())
        .ifPresent(
            report -> {
              lines.add("");
              lines.addAll(datasets(report.datasets()).lines(console.outColoured()));
            });
    return lines;
  }

  private static void rows(Table table, NodeReport report) {
    row(table, "disk", space(report.disk()));
    row(table, "ram", report.ram().map(NodeText::space).orElse("none"));
    row(table, "epoch", Long.toString(report.epoch()));
    row(
        table,
        "settled",
        report.settled() ? "yes" : "no: what was found at start is still being checked");
  }

  private static Table datasets(List<DatasetReport> datasets) {
    var table = new Table("DIGEST", "DISK", "RAM", "FETCHED", "SIZE", "DOWNLOADED", "FAULT");
    for (var dataset : datasets) {
      table.row(
          Cell.of(dataset.digest().brief()),
          copy(dataset.disk()),
          copy(dataset.ram()),
          Cell.of(Quantities.bytes(dataset.fetchedBytes())),
          Cell.of(Quantities.bytes(dataset.totalBytes())),
          Cell.of(Quantities.bytes(dataset.downloadedBytes())),
          StatusText.fault(dataset.fault()));
    }
    return table;
  }

  private static Cell copy(CopyState state) {
    return new Cell(
        state.name(),
        switch (state) {
          case ABSENT -> Style.QUIET;
          case UNCERTAIN, WAITING -> Style.WARNING;
          case MOVING, VERIFYING, EVICTING -> Style.BUSY;
          case READY -> Style.GOOD;
        });
  }

  static String space(Capacity capacity) {
    return Quantities.bytes(capacity.free()) + " of " + Quantities.bytes(capacity.total());
  }

  private static void row(Table table, String name, String value) {
    table.row(Cell.of(name), Cell.of(value.isEmpty() ? "-" : value));
  }
}
