package io.hydra.manager.uptime;

import io.hydra.wire.UptimeForecast;
import io.hydra.wire.UptimeStep;
import io.hydra.wire.UptimeWorkload;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What uptime windows are going to do, for people. */
@ApplicationScoped
public class UptimeView {
  private static final Comparator<UptimeStep> ORDER =
      Comparator.comparing(UptimeStep::at)
          .thenComparing(UptimeStep::namespace)
          .thenComparing(UptimeStep::name)
          .thenComparing(UptimeStep::what);

  private final UptimeConfig config;
  private final UptimeClock clock;
  private final Workloads workloads;
  private final Subjects subjects;
  private final Leads leads;

  UptimeView(
      UptimeConfig config, UptimeClock clock, Workloads workloads, Subjects subjects, Leads leads) {
    this.config = config;
    this.clock = clock;
    this.workloads = workloads;
    this.subjects = subjects;
    this.leads = leads;
  }

  /**
   * @param namespace all when empty
   * @param from the manager's own time when empty
   */
  public UptimeForecast forecast(
      Optional<String> namespace, Optional<Instant> from, Duration length) {
    var now = from.orElseGet(clock::now);
    var chosen =
        subjects.all().stream()
            .filter(it -> namespace.map(it.workload().id().namespace()::equals).orElse(true))
            .toList();
    return new UptimeForecast(
        now,
        config.enabled(),
        workloads.isComplete(),
        chosen.stream().map(subject -> workload(subject, now)).toList(),
        steps(chosen, now, now.plus(length)));
  }

  private List<UptimeStep> steps(List<Subject> chosen, Instant now, Instant end) {
    var planner = leads.planner();
    return chosen.stream()
        .flatMap(subject -> UptimeForecaster.forecast(subject, planner, now, end).stream())
        .sorted(ORDER)
        .toList();
  }

  private static UptimeWorkload workload(Subject subject, Instant now) {
    var workload = subject.workload();
    var rule = subject.rule(now);
    return new UptimeWorkload(
        workload.id().kind().word(),
        workload.id().namespace(),
        workload.id().name(),
        workload.channel(),
        workload.replicas(),
        workload.memory() instanceof Memory.Kept kept
            ? Optional.of(kept.replicas())
            : Optional.empty(),
        rule instanceof Rule.Windows(var uptime, var _)
            ? Optional.of(uptime.toString())
            : Optional.empty(),
        detail(rule));
  }

  private static String detail(Rule rule) {
    return switch (rule) {
      case Rule.Windows(var _, var source) -> source;
      case Rule.Free _ -> "no uptime";
      case Rule.Excluded(var until) -> until.map(end -> "excluded until " + end).orElse("excluded");
      case Rule.Unclear(var why) -> why;
    };
  }
}
