package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.NamespaceOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.TimeConverter;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import io.hydra.model.UptimeWindow;
import io.hydra.wire.UptimeForecast;
import io.hydra.wire.UptimeStep;
import io.hydra.wire.UptimeWorkload;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra uptime}. */
@Command(
    name = "uptime",
    mixinStandardHelpOptions = true,
    description =
        "Tell when consumers in Kubernetes are scaled to zero and back: a dry run of the next days. Nothing is changed.",
    footer = {
      "hydra uptime",
      "hydra uptime -n search --days 14",
      "hydra uptime --now 2026-03-28T12:00:00+01:00    # over a change of clocks"
    })
public final class Uptime implements Runnable {
  private static final DateTimeFormatter THERE =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

  private final Session session;
  private final Console console;

  @Mixin NamespaceOptions options = new NamespaceOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Begin at another time than now, such as 2026-03-28T12:00:00+01:00; without an offset, by the clock here.")
  Optional<Instant> now = Optional.empty();

  @Option(names = "--days", paramLabel = "NUMBER", description = "How many days; default 7.")
  int days = 7;

  public Uptime(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    // Only a namespace that is asked for narrows it: a default would hide workloads unsaid.
    var wanted = options.wanted();
    var forecast =
        session
            .manager(wanted)
            .uptime(api -> api.forecast(wanted.namespace(), now.map(Instant::toString), days));
    if (!output.table()) {
      console.document(output.format(), forecast);
      return;
    }
    explain(forecast);
    if (!forecast.workloads().isEmpty()) {
      console.lines(workloads(forecast).lines(console.outColoured()));
      console.line("");
      console.lines(steps(forecast).lines(console.outColoured()));
    }
  }

  private void explain(UptimeForecast forecast) {
    if (!forecast.enabled()) {
      console.note("the manager does not heed uptime windows (hydra.uptime.enabled)");
    } else if (!forecast.complete()) {
      console.note("the manager does not know all workloads yet, and does nothing until then");
    } else if (forecast.workloads().isEmpty()) {
      console.note("no consumer and nothing with windows of its own; see docs/uptime.md");
    }
  }

  private static Table workloads(UptimeForecast forecast) {
    var table = new Table("WORKLOAD", "CHANNEL", "REPLICAS", "UPTIME", "SAID BY");
    for (var workload : forecast.workloads()) {
      table.row(
          Cell.of(name(workload.kind(), workload.namespace(), workload.name())),
          Cell.of(workload.channel().map(Object::toString).orElse("-")),
          replicas(workload),
          Cell.of(workload.uptime().orElse("-")),
          Cell.of(workload.detail()));
    }
    return table;
  }

  private static Cell replicas(UptimeWorkload workload) {
    return workload
        .remembered()
        .map(before -> new Cell("%d (was %d)".formatted(workload.replicas(), before), Style.BUSY))
        .orElseGet(() -> Cell.of(Integer.toString(workload.replicas())));
  }

  private Table steps(UptimeForecast forecast) {
    var table = new Table("WHEN", "BY ITS WINDOWS", "WORKLOAD", "WHAT");
    var zones = zones(forecast);
    for (var step : forecast.steps()) {
      var name = name(step.kind(), step.namespace(), step.name());
      table.row(
          Cell.of(console.time(step.at())),
          Cell.of(Optional.ofNullable(zones.get(name)).map(zone -> there(step, zone)).orElse("-")),
          Cell.of(name),
          what(step));
    }
    return table;
  }

  /** Of each workload whose windows are all of one zone. */
  private static Map<String, ZoneId> zones(UptimeForecast forecast) {
    var zones = new HashMap<String, ZoneId>();
    for (var workload : forecast.workloads()) {
      var all =
          workload.uptime().stream()
              .flatMap(text -> io.hydra.model.Uptime.parse(text).windows().stream())
              .map(UptimeWindow::zone)
              .distinct()
              .toList();
      if (all.size() == 1) {
        zones.put(name(workload.kind(), workload.namespace(), workload.name()), all.getFirst());
      }
    }
    return zones;
  }

  /** As windows are written: the day and the time there. */
  private static String there(UptimeStep step, ZoneId zone) {
    return "%s %s".formatted(THERE.format(step.at().atZone(zone)), zone);
  }

  private static Cell what(UptimeStep step) {
    return switch (step.what()) {
      case DOWN -> new Cell("scale to 0", Style.QUIET);
      case PREFETCH -> new Cell("fetch data", Style.BUSY);
      case UP -> new Cell("scale to " + step.replicas(), Style.GOOD);
    };
  }

  private static String name(String kind, String namespace, String name) {
    return "%s %s/%s".formatted(kind, namespace, name);
  }
}
