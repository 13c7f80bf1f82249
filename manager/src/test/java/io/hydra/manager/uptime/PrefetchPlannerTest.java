package io.hydra.manager.uptime;

import static io.hydra.manager.uptime.Given.WEEKDAYS;
import static io.hydra.manager.uptime.Given.at;
import static io.hydra.manager.uptime.Given.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.NodeName;
import io.hydra.wire.UptimeChange;
import io.hydra.wire.UptimeStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefetchPlannerTest {
  private static final Instant EVENING = at("2026-11-26T19:30:00+01:00");
  private static final Instant MORNING = at("2026-11-27T08:00:00+01:00");
  private static final Duration LEAD = Duration.ofMinutes(40);
  private static final Memory TWO_NODES =
      new Memory.Kept(
          5,
          EVENING,
          WEEKDAYS,
          Optional.empty(),
          Set.of(NodeName.of("node-1"), NodeName.of("node-2")));

  private static PrefetchPlanner planner(String... nodes) {
    return new PrefetchPlanner(
        channel -> LEAD,
        node -> List.of(nodes).contains(node.value()),
        selector ->
            Stream.of(nodes)
                .filter(node -> labels(node).entrySet().containsAll(selector.entrySet()))
                .map(NodeName::of)
                .collect(Collectors.toSet()));
  }

  private static Map<String, String> labels(String node) {
    return node.startsWith("gpu") ? Map.of("gpu", "yes", "zone", "a") : Map.of("zone", "a");
  }

  private static Set<NodeName> names(Prefetch prefetch) {
    return prefetch.nodes();
  }

  @Test
  void givenItsLeadBeforeTheWindow_thenNodesWhereItRanFetch() {
    var down = subject(0, WEEKDAYS, TWO_NODES);
    var planner = planner("node-1", "node-2", "node-3");

    assertThat(planner.due(down, MORNING.minus(LEAD).minusMillis(1))).isEmpty();
    assertThat(planner.due(down, MORNING.minus(LEAD)).map(PrefetchPlannerTest::names))
        .contains(Set.of(NodeName.of("node-1"), NodeName.of("node-2")));
    assertThat(planner.due(down, MORNING)).isEmpty();
  }

  @Test
  void givenANodeThatIsGone_thenAnotherThatSuitsThePodsFetches() {
    var down = subject(0, WEEKDAYS, TWO_NODES);
    var picky =
        down.with(
            new Workload(
                Given.ID,
                "uid",
                "1",
                0,
                Optional.of(Given.CHANNEL),
                Optional.of(WEEKDAYS),
                Optional.empty(),
                Map.of("gpu", "yes"),
                TWO_NODES));

    assertThat(planner("gpu-1", "node-1", "node-3").due(picky, MORNING.minusSeconds(1)))
        .map(PrefetchPlannerTest::names)
        .contains(Set.of(NodeName.of("node-1"), NodeName.of("gpu-1")));
    assertThat(planner("node-1", "node-3").due(picky, MORNING.minusSeconds(1)))
        .map(PrefetchPlannerTest::names)
        .contains(Set.of(NodeName.of("node-1")));
  }

  @Test
  void givenAllNodesWhereItRan_thenNobodyLooksForOthers() {
    var planner =
        new PrefetchPlanner(
            channel -> LEAD,
            node -> true,
            selector -> {
              throw new AssertionError("looked for " + selector);
            });

    assertThat(planner.due(subject(0, WEEKDAYS, TWO_NODES), MORNING.minusSeconds(1)))
        .map(PrefetchPlannerTest::names)
        .contains(Set.of(NodeName.of("node-1"), NodeName.of("node-2")));
  }

  @Test
  void givenMoreBytesAndSlowerNodes_thenTheLeadIsLonger_withinBounds() {
    var lead = new LeadTime(Duration.ofMinutes(5), Duration.ofHours(6), 10_000_000);

    assertThat(lead.of(0)).isEqualTo(Duration.ofMinutes(5));
    assertThat(lead.of(6_000_000_000L)).isEqualTo(Duration.ofMinutes(20));
    assertThat(lead.of(Long.MAX_VALUE)).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void givenAWeekWithAChangeOfClocks_thenTheForecastTellsEachStep() {
    var text = "Sat-Sun 02:30-06:00 Europe/Berlin";
    var running = subject(2, text, new Memory.Blank());

    var steps =
        UptimeForecaster.forecast(
            running, planner(), at("2026-03-28T05:00:00+01:00"), at("2026-03-30T00:00:00+02:00"));

    assertThat(steps)
        .containsExactly(
            step("2026-03-28T06:00:00+01:00", UptimeChange.DOWN, 0),
            step("2026-03-29T00:20:00Z", UptimeChange.PREFETCH, 0),
            step("2026-03-29T01:00:00Z", UptimeChange.UP, 2),
            step("2026-03-29T06:00:00+02:00", UptimeChange.DOWN, 0));
  }

  private static UptimeStep step(String at, UptimeChange what, int replicas) {
    return new UptimeStep(at(at), "Deployment", "search", "searcher", what, replicas);
  }
}
