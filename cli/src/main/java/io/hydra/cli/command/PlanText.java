package io.hydra.cli.command;

import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Quantities;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import io.hydra.wire.Eviction;
import io.hydra.wire.Fit;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.NodeOutlook;
import io.hydra.wire.ReleasePlan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a release would lead to, as lines for people. */
final class PlanText {
  private PlanText() {}

  static List<String> lines(ReleasePlan plan, boolean coloured) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s %s: %s"
            .formatted(
                plan.release().version(),
                plan.created() ? "would be a new release" : "is there already",
                plan.verdict()));
    if (!plan.nodes().isEmpty()) {
      lines.add("");
      lines.addAll(nodes(plan.nodes()).lines(coloured));
    }
    if (!plan.instances().isEmpty()) {
      lines.add("");
      lines.addAll(instances(plan.instances()).lines(coloured));
    }
    lines.add("");
    lines.add(
        "at most %d out of service at once; data everywhere after %s"
            .formatted(plan.maxUnavailable(), time(plan.fetchTime())));
    return lines;
  }

  private static Table nodes(List<NodeOutlook> nodes) {
    var table = new Table("NODE", "FITS", "FETCH", "TIME", "DISK FREE", "INTO RAM", "EVICTS", "");
    for (var node : nodes) {
      table.row(
          Cell.of(node.node().value()),
          new Cell(node.fit().name(), style(node.fit())),
          Cell.of(Quantities.bytes(node.fetchBytes())),
          Cell.of(time(node.fetchTime())),
          Cell.of(Quantities.bytes(node.diskFree())),
          Cell.of(Quantities.bytes(node.ramBytes())),
          Cell.of(evictions(node.evictions())),
          Cell.of(node.detail()));
    }
    return table;
  }

  private static Style style(Fit fit) {
    return switch (fit) {
      case READY, FITS, AFTER_EVICTION, AFTER_DRAIN -> Style.GOOD;
      case UNKNOWN -> Style.WARNING;
      case DISK_FULL, RAM_FULL -> Style.BAD;
    };
  }

  private static String evictions(List<Eviction> evictions) {
    return evictions.isEmpty()
        ? "-"
        : "%d (%s)"
            .formatted(
                evictions.size(),
                Quantities.bytes(evictions.stream().mapToLong(Eviction::bytes).sum()));
  }

  /** In whole seconds; what takes less is written as one. */
  private static String time(Optional<Duration> time) {
    return time.map(
            t ->
                Quantities.duration(
                    t.isZero() ? t : t.plusMillis(999).truncatedTo(ChronoUnit.SECONDS)))
        .orElse("?");
  }

  private static Table instances(List<InstanceOutlook> instances) {
    var table = new Table("INSTANCE", "NODE", "SERVES", "");
    for (var instance : instances) {
      table.row(
          Cell.of(instance.instance().value()),
          Cell.of(instance.node().value()),
          Cell.of(instance.serving().map(Object::toString).orElse("-")),
          new Cell(instance.detail(), instance.reloads() ? Style.BUSY : Style.QUIET));
    }
    return table;
  }
}
