package io.hydra.testing.bench;

import java.util.List;
import java.util.Locale;

/** The rows of the load test with simulated agents, as they are named. */
record AgentsMeasures(AgentsOptions options) {
  static final String CONSUL = "Consul KV blocking query";
  private static final int MIB = 256;
  private static final int HEARD_SECONDS = 10;
  private static final double GROWTH = 1.5;

  /** Of one number of agents, with all channels. */
  record Scale(
      Measure median,
      Measure worst,
      Measure everywhereMedian,
      Measure everywhereWorst,
      Measure everywhereCost,
      Measure granted,
      Measure idle,
      Measure resident,
      Measure peak) {
    List<Measure> all() {
      return List.of(
          median,
          worst,
          everywhereMedian,
          everywhereWorst,
          everywhereCost,
          granted,
          idle,
          resident,
          peak);
    }

    /** What a peer does as well. */
    List<Measure> withPeer() {
      return List.of(median, worst, everywhereMedian, everywhereWorst, idle, resident, peak);
    }
  }

  Scale scale(int agents, int goalMillis) {
    var at = at(agents, options.channels()) + ": ";
    var goal = Goal.below(goalMillis);
    return new Scale(
        Measure.of(at + "publish to the nodes of one pool, all told, median", "ms"),
        Measure.of(at + "publish to the nodes of one pool, all told, 99th percentile", "ms")
            .withGoal(goal),
        Measure.of(at + "publish to every node, all told, median", "ms"),
        Measure.of(at + "publish to every node, all told, 99th percentile", "ms").withGoal(goal),
        Measure.of(at + "publish to every node, processor time of the manager a node", "ms"),
        Measure.of(
            at + "publish until the instance is granted it (nodes take 0.5 to 1 s), median", "ms"),
        Measure.of(at + "manager, nothing published, processor time a second", "ms"),
        Measure.of(at + "manager, resident, nothing published", "MiB"),
        Measure.of(at + "manager, resident, peak", "MiB").withGoal(Goal.atMost(MIB)));
  }

  /** Processor time of the manager. */
  Measure cost(int agents, int channels) {
    return Measure.of(at(agents, channels) + ": manager, processor time a publish", "ms");
  }

  Measure quick(int agents, int channels) {
    return Measure.of(
        at(agents, channels) + ": publish to one pool of many in a row, median", "ms");
  }

  /** What a publish costs with ten times the channels that it does not touch. */
  Measure channelGrowth() {
    return growth(
        "%s by %s"
            .formatted(
                at(options.agents(), options.channels()),
                at(options.agents(), options.channels() / 10)));
  }

  Measure agentGrowth() {
    return growth(
        "%s by %s"
            .formatted(
                at(options.moreAgents(), options.channels()),
                at(options.agents(), options.channels())));
  }

  private static Measure growth(String what) {
    return Measure.of("processor time a publish, " + what, "times").withGoal(Goal.atMost(GROWTH));
  }

  Measure newLeader() {
    return Measure.of(
            at(options.agents(), options.channels())
                + ": manager killed and started, from its first answer until it has heard all",
            "s")
        .withGoal(Goal.atMost(HEARD_SECONDS));
  }

  Measure newLeaderSettled() {
    return Measure.of(
        at(options.agents(), options.channels())
            + ": manager killed and started, from its first answer until it gives orders again",
        "s");
  }

  Measure newLeaderAnswers() {
    return Measure.of(
        at(options.agents(), options.channels()) + ": manager started, until its first answer",
        "s");
  }

  private static String at(int agents, int channels) {
    return String.format(Locale.ROOT, "%,d agents, %,d channels", agents, channels);
  }
}
