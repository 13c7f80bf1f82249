package io.hydra.cli.command;

import io.hydra.cli.client.Pages;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.StatusText;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import io.hydra.wire.CopyState;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Lists nodes; both {@code hydra nodes} and {@code hydra nodes list} do. */
abstract class NodeListing implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ManagerOptions options = new ManagerOptions();
  @Mixin OutputOptions output = new OutputOptions();

  NodeListing(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var manager = session.manager(options.wanted());
    Page<NodeView> page = Pages.all(cursor -> manager.nodes(api -> api.list(cursor, Pages.SIZE)));
    if (!output.table()) {
      console.document(output.format(), page);
      return;
    }
    if (page.items().isEmpty()) {
      console.note("no node; a node registers itself when its agent (Docto) starts");
      return;
    }
    console.lines(table(page).lines(console.outColoured()));
  }

  private Table table(Page<NodeView> page) {
    var table =
        new Table("NODE", "CONNECTION", "HEARD", "DISK FREE", "RAM FREE", "DATASETS", "FAULTS");
    for (var node : page.items()) {
      var report = node.report();
      table.row(
          Cell.of(node.registration().name().value()),
          StatusText.connection(node.connection()),
          Cell.of(node.lastHeard().map(console::age).map(age -> age + " ago").orElse("-")),
          Cell.of(report.map(found -> NodeText.space(found.disk())).orElse("-")),
          Cell.of(report.flatMap(NodeReport::ram).map(NodeText::space).orElse("-")),
          Cell.of(report.map(NodeListing::held).orElse("-")),
          faults(report));
    }
    return table;
  }

  private static String held(NodeReport report) {
    long ready =
        report.datasets().stream().filter(dataset -> dataset.disk() == CopyState.READY).count();
    return ready == report.datasets().size()
        ? ready + " ready"
        : "%d of %d ready".formatted(ready, report.datasets().size());
  }

  private static Cell faults(Optional<NodeReport> report) {
    long faults =
        report.stream()
            .flatMap(found -> found.datasets().stream())
            .filter(dataset -> dataset.fault().isPresent())
            .count();
    return faults == 0 ? Cell.EMPTY : new Cell(Long.toString(faults), Style.BAD);
  }
}
