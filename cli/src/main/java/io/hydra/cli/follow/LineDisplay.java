package io.hydra.cli.follow;

import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Quantities;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A plain line for each change, for logs. */
public final class LineDisplay implements Display {
  /** Of a node's data; a line for each percent would drown the rest. */
  private static final int STEP = 10;

  private final Consumer<String> lines;
  private final Supplier<String> time;
  private final Map<String, String> shown = new HashMap<>();
  private boolean unreachable;

  public LineDisplay(Consumer<String> lines, Supplier<String> time) {
    this.lines = lines;
    this.time = time;
  }

  @Override
  public void show(ChannelStatus status) {
    if (unreachable) {
      unreachable = false;
      print("manager", "answers again");
    }
    var facts = facts(status);
    facts.forEach(
        (subject, fact) -> {
          if (!fact.equals(shown.put(subject, fact))) {
            print(subject, fact);
          }
        });
    var gone = shown.keySet().stream().filter(subject -> !facts.containsKey(subject)).toList();
    gone.forEach(
        subject -> {
          shown.remove(subject);
          print(subject, "gone");
        });
  }

  @Override
  public void unreachable(String why) {
    if (!unreachable) {
      unreachable = true;
      print("manager", why + "; asking again");
    }
  }

  @Override
  public void close() {}

  private void print(String subject, String fact) {
    lines.accept(time.get() + "  " + subject + "  " + Cell.harmless(fact));
  }

  private static Map<String, String> facts(ChannelStatus status) {
    var facts = new LinkedHashMap<String, String>();
    status.nodes().forEach(node -> facts.put("node " + node.node(), fact(node)));
    status
        .instances()
        .forEach(instance -> facts.put("instance " + instance.registration().id(), fact(instance)));
    var rollout = status.rollout();
    facts.put(
        "rollout",
        "%s, target %s, %d of %d on target%s"
            .formatted(
                rollout.phase(),
                rollout.target().map(ReleaseRef::toString).orElse("none"),
                rollout.onTarget(),
                rollout.instances(),
                rollout.reason().isBlank() ? "" : ": " + rollout.reason()));
    return facts;
  }

  private static String fact(NodeProgress node) {
    var connection = node.connection() + ", ";
    var fault = node.fault().map(found -> ", " + found.code() + ": " + found.detail()).orElse("");
    if (node.ready()) {
      return connection + "ready, " + Quantities.bytes(node.totalBytes()) + fault;
    }
    int percent = Quantities.percent(node.readyBytes(), node.totalBytes()) / STEP * STEP;
    return connection
        + "%d%% of %s".formatted(percent, Quantities.bytes(node.totalBytes()))
        + fault;
  }

  private static String fact(InstanceView instance) {
    return instance.connection()
        + instance
            .report()
            .map(
                report ->
                    ", %s%s, serves %s%s%s"
                        .formatted(
                            report.state(),
                            report.ready() ? ", ready" : "",
                            report.serving().map(ReleaseRef::toString).orElse("nothing"),
                            report.moving().map(to -> ", moves to " + to).orElse(""),
                            report
                                .fault()
                                .map(found -> ", " + found.code() + ": " + found.detail())
                                .orElse("")))
            .orElse("");
  }
}
