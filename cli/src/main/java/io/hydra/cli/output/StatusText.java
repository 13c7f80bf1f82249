package io.hydra.cli.output;

import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.Connection;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.RolloutPhase;
import io.hydra.wire.ScopeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A channel's status as lines for people. */
public final class StatusText {
  private final boolean coloured;
  private final Instant now;

  public StatusText(boolean coloured, Instant now) {
    this.coloured = coloured;
    this.now = now;
  }

  public List<String> lines(ChannelStatus status) {
    var lines = new ArrayList<>(head(status));
    if (!status.nodes().isEmpty()) {
      lines.add("");
      lines.addAll(nodes(status.nodes()));
    }
    if (!status.instances().isEmpty()) {
      lines.add("");
      lines.addAll(instances(status));
    }
    return lines;
  }

  private List<String> head(ChannelStatus status) {
    var rollout = status.rollout();
    var phase = style(rollout.phase()).paint(rollout.phase().name(), coloured);
    var lines = new ArrayList<String>();
    lines.add("channel  " + status.channel().id());
    lines.add("target   " + target(status));
    lines.add(
        "rollout  %s  %d of %d on target, %d ready"
            .formatted(phase, rollout.onTarget(), rollout.instances(), rollout.ready()));
    if (!rollout.reason().isBlank()) {
      lines.add("         " + Cell.harmless(rollout.reason()));
    }
    status.scopes().forEach(part -> lines.addAll(scope(part)));
    status.staged().ifPresent(staged -> lines.add("staged   " + Cell.harmless(staged.reason())));
    return lines;
  }

  private List<String> scope(ScopeStatus part) {
    var rollout = part.rollout();
    var lines = new ArrayList<String>();
    lines.add(
        "%-8s %s  target %s, %d of %d on target"
            .formatted(
                part.name().map(ScopeName::value).orElse("no scope"),
                style(rollout.phase()).paint(rollout.phase().name(), coloured),
                rollout.target().map(ReleaseRef::toString).orElse("none yet"),
                rollout.onTarget(),
                rollout.instances()));
    if (part.name().isPresent()) {
      part.staged().ifPresent(staged -> lines.add("         " + Cell.harmless(staged.reason())));
    }
    return lines;
  }

  private static String target(ChannelStatus status) {
    var channel = status.channel();
    return channel
        .pin()
        .map(
            pin ->
                "%s (pinned; the head is %s)"
                    .formatted(pin, channel.head().map(ReleaseRef::toString).orElse("none")))
        .or(() -> status.rollout().target().map(ReleaseRef::toString))
        .orElse("none yet");
  }

  private List<String> nodes(List<NodeProgress> nodes) {
    var table = new Table("NODE", "CONNECTION", "DATA", "", "FAULT");
    for (var node : nodes) {
      table.row(
          Cell.of(node.node().value()),
          connection(node.connection()),
          progress(node),
          Cell.of(amount(node)),
          fault(node.fault()));
    }
    return table.lines(coloured);
  }

  private static Cell progress(NodeProgress node) {
    if (node.ready()) {
      return new Cell("ready", Style.GOOD);
    }
    return new Cell(
        "%s %3d%%"
            .formatted(
                Quantities.bar(node.readyBytes(), node.totalBytes()),
                Quantities.percent(node.readyBytes(), node.totalBytes())),
        Style.BUSY);
  }

  private static String amount(NodeProgress node) {
    var total = Quantities.bytes(node.totalBytes());
    return node.ready() ? total : Quantities.bytes(node.readyBytes()) + " of " + total;
  }

  private List<String> instances(ChannelStatus status) {
    var table = new Table("INSTANCE", "NODE", "CONNECTION", "STATE", "READY", "SERVES", "FAULT");
    for (var instance : status.instances()) {
      table.row(
          Cell.of(instance.registration().id().value()),
          Cell.of(instance.registration().node().value()),
          heard(instance),
          state(instance),
          ready(instance),
          serves(instance, status.targetOf(instance)),
          fault(instance.report().flatMap(InstanceReport::fault)));
    }
    return table.lines(coloured);
  }

  private Cell heard(InstanceView instance) {
    if (instance.connection() != Connection.LOST) {
      return connection(instance.connection());
    }
    var since =
        instance.lastHeard().map(heard -> " " + Quantities.age(heard, now) + " ago").orElse("");
    return new Cell(Connection.LOST + since, Style.BAD);
  }

  /** Colours an agent's connection. */
  public static Cell connection(Connection connection) {
    return new Cell(
        connection.name(),
        switch (connection) {
          case EXPECTED -> Style.WARNING;
          case CONNECTED -> Style.PLAIN;
          case LOST -> Style.BAD;
        });
  }

  /** Colours where an instance is in its life; a dash where nothing was heard of it. */
  public static Cell state(InstanceView instance) {
    return instance
        .report()
        .map(InstanceReport::state)
        .map(state -> new Cell(state.name(), style(state)))
        .orElse(Cell.of("-"));
  }

  public static Cell ready(InstanceView instance) {
    return instance
        .report()
        .map(report -> report.ready() ? new Cell("yes", Style.GOOD) : new Cell("no", Style.WARNING))
        .orElse(Cell.of("-"));
  }

  /** What an instance serves, and what it moves to. */
  public static Cell serves(InstanceView instance, Optional<ReleaseRef> target) {
    var serving = instance.report().flatMap(InstanceReport::serving);
    var moving = instance.report().flatMap(InstanceReport::moving);
    var text =
        serving.map(ReleaseRef::toString).orElse("-") + moving.map(to -> " → " + to).orElse("");
    return new Cell(text, serving.isPresent() && serving.equals(target) ? Style.GOOD : Style.PLAIN);
  }

  public static Cell fault(Optional<Fault> fault) {
    return fault
        .map(found -> new Cell(found.code() + ": " + found.detail(), Style.BAD))
        .orElse(Cell.EMPTY);
  }

  private static Style style(InstanceState state) {
    return switch (state) {
      case WAITING -> Style.WARNING;
      case SERVING -> Style.GOOD;
      case DRAINING, RELOADING -> Style.BUSY;
      case FAILED -> Style.BAD;
    };
  }

  private static Style style(RolloutPhase phase) {
    return switch (phase) {
      case EMPTY -> Style.QUIET;
      case FETCHING, ROLLING -> Style.BUSY;
      case BLOCKED -> Style.BAD;
      case DONE -> Style.GOOD;
    };
  }
}
