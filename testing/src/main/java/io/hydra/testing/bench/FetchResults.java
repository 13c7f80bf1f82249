package io.hydra.testing.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured of each work and each who does it; gives rows, and tables for people. */
final class FetchResults {
  private static final String NOT_REACHED = "nobody got to it";
  private static final int PEAK_MIB = 64;
  private static final double LEAST_OF_JVM = 0.9;
  private static final String RATIO = "times";

  private final List<FetchWork> works;
  private final List<String> agents;
  private final List<String> tools;
  private final boolean https;
  private final Map<FetchWork, Map<String, List<FetchSample>>> samples = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Map<FetchWork, Map<String, String>> failures = new HashMap<>();
  private final Map<Measure, Row> others = new LinkedHashMap<>();

  /** Of whom all goals of wall and processor time are in comparison. */
  static final String REFERENCE = FetchTool.S5CMD.title();

  /**
   * @param agents titles of the builds of ours
   * @param tools titles of what ours is compared with
   * @param https whether the server is reached by HTTPS
   */
  FetchResults(List<FetchWork> works, List<String> agents, List<String> tools, boolean https) {
    this.https = https;
    this.works = List.copyOf(works);
    this.agents = List.copyOf(agents);
    this.tools = List.copyOf(tools);
  }

  /** How one of ours is called. */
  static String agent(Side side) {
    return "docto " + side.title();
  }

  void put(FetchWork work, String who, FetchSample sample) {
    samples
        .computeIfAbsent(work, it -> new HashMap<>())
        .computeIfAbsent(who, it -> new ArrayList<>())
        .add(sample);
  }

  /** It takes no part at all; the first reason counts. */
  void missing(String who, String why) {
    reasons.putIfAbsent(who, why);
  }

  /** One fetch of it failed. */
  void failed(FetchWork work, String who, String why) {
    failures.computeIfAbsent(work, it -> new HashMap<>()).putIfAbsent(who, why);
  }

  /** A row that is not of one of the works. */
  void put(Row row) {
    others.put(row.measure(), row);
  }

  boolean any() {
    return !samples.isEmpty();
  }

  /** Of everyone beside everyone. */
  List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var work : works) {
      for (var agent : agents) {
        for (var quantity : FetchQuantity.values()) {
          rows.addAll(rows(work, agent, quantity));
        }
        rows.addAll(ratios(work, agent));
        rows.add(besideDisk(work, agent));
      }
      if (agents.size() > 1) {
        rows.add(builds(work));
      }
    }
    rows.addAll(others.values());
    return rows;
  }

  /** Those that have a goal, without what {@link #table} tells; and those of no work. */
  List<Row> judged() {
    return rows().stream()
        .filter(row -> row.measure().goal().isPresent() || others.containsKey(row.measure()))
        .map(row -> others.containsKey(row.measure()) ? row : row.withoutNotes())
        .toList();
  }

  private List<Row> rows(FetchWork work, String agent, FetchQuantity quantity) {
    var measure = Measure.of(name(work, quantity.title(), agent), quantity.unit());
    if (quantity == FetchQuantity.PEAK && isNative(agent)) {
      measure = measure.withGoal(Goal.atMost(PEAK_MIB));
    }
    if (quantity == FetchQuantity.SINCE_START || tools.isEmpty()) {
      return List.of(row(work, agent, quantity, measure, Optional.empty()));
    }
    var rows = new ArrayList<Row>();
    for (var tool : tools) {
      rows.add(row(work, agent, quantity, measure, Optional.of(tool)));
      // The same number beside another one is not judged again.
      measure = Measure.of(measure.name(), measure.unit());
    }
    return rows;
  }

  private Row row(
      FetchWork work,
      String agent,
      FetchQuantity quantity,
      Measure measure,
      Optional<String> tool) {
    var ours = series(work, agent, quantity);
    var theirs = tool.flatMap(name -> series(work, name, quantity));
    var notes = new ArrayList<String>();
    notes.add(ours.map(it -> range(agent, it)).orElseGet(() -> without(work, agent)));
    tool.ifPresent(
        name -> notes.add(theirs.map(it -> range(name, it)).orElseGet(() -> without(work, name))));
    return new Row(measure, ours.map(quantity::figure), theirs.map(quantity::figure), tool, notes);
  }

  /** What the goals are about. Only the native build is judged. */
  private List<Row> ratios(FetchWork work, String agent) {
    var goals = work.goals();
    var faster = Measure.of(name(work, "wall, s5cmd by " + agent, ""), RATIO);
    var cheaper = Measure.of(name(work, "processor time, " + agent + " by s5cmd", ""), RATIO);
    boolean judged = isNative(agent);
    var compared = List.of(agent, REFERENCE);
    return List.of(
        ratio(
            work,
            compared,
            judged ? faster.withGoal(goals.wall()) : faster,
            quotient(work, FetchQuantity.WALL, REFERENCE, agent)),
        ratio(
            work,
            compared,
            judged ? cheaper.withGoal(goals.processor()) : cheaper,
            quotient(work, FetchQuantity.PROCESSOR, agent, REFERENCE)));
  }

  /** How near ours comes to what the disk can: whose bytes are only in memory may be below it. */
  private Row besideDisk(FetchWork work, String agent) {
    return ratio(
        work,
        List.of(agent, DiskAlone.TITLE),
        Measure.of(name(work, "wall, %s by %s".formatted(agent, DiskAlone.TITLE), ""), RATIO),
        quotient(work, FetchQuantity.WALL, agent, DiskAlone.TITLE));
  }

  /** Over HTTPS the native build must not be slower for want of what the JVM has for ciphers. */
  private Row builds(FetchWork work) {
    var jvm = agent(Side.JVM);
    var natively = agent(Side.NATIVE);
    var measure = Measure.of(name(work, "wall, %s by %s".formatted(jvm, natively), ""), RATIO);
    return ratio(
        work,
        List.of(natively, jvm),
        https ? measure.withGoal(Goal.atLeast(LEAST_OF_JVM)) : measure,
        quotient(work, FetchQuantity.WALL, jvm, natively));
  }

  private Row ratio(
      FetchWork work, List<String> compared, Measure measure, Optional<Double> value) {
    var notes = new ArrayList<String>();
    for (var who : compared) {
      if (series(work, who, FetchQuantity.WALL).isEmpty()) {
        notes.add(without(work, who));
      }
    }
    return new Row(measure, value, Optional.empty(), Optional.empty(), notes);
  }

  private Optional<Double> quotient(FetchWork work, FetchQuantity of, String who, String by) {
    var dividend = series(work, who, of).map(Series::median);
    var divisor = series(work, by, of).map(Series::median).filter(it -> it > 0);
    return dividend.flatMap(it -> divisor.map(other -> it / other));
  }

  /** A line for each who fetches, with medians and ranges. */
  List<String> table(FetchWork work) {
    var cells = new ArrayList<List<String>>();
    cells.add(
        List.of(work.title(), "wall s", "range", "CPU s", "range", "peak MiB", "server CPU s"));
    var left = new ArrayList<String>();
    for (var who : everyone()) {
      if (of(work, who).isEmpty()) {
        left.add("    " + without(work, who));
      } else {
        cells.add(cells(work, who));
      }
    }
    var lines = new ArrayList<>(Table.aligned(cells, 1));
    lines.addAll(left);
    return lines;
  }

  private List<String> everyone() {
    var all = new ArrayList<>(agents);
    all.addAll(tools);
    all.add(DiskAlone.TITLE);
    return all;
  }

  private List<String> cells(FetchWork work, String who) {
    var wall = FetchQuantity.WALL.of(of(work, who));
    var processor = FetchQuantity.PROCESSOR.of(of(work, who));
    return List.of(
        who,
        number(wall.median()),
        number(wall.least()) + " to " + number(wall.most()),
        number(processor.median()),
        number(processor.least()) + " to " + number(processor.most()),
        String.format(Locale.ROOT, "%.0f", FetchQuantity.PEAK.of(of(work, who)).most()),
        number(FetchQuantity.SERVER.of(of(work, who)).median()));
  }

  private List<FetchSample> of(FetchWork work, String who) {
    return samples.getOrDefault(work, Map.of()).getOrDefault(who, List.of());
  }

  private Optional<Series> series(FetchWork work, String who, FetchQuantity quantity) {
    var measured = of(work, who);
    return measured.isEmpty() ? Optional.empty() : Optional.of(quantity.of(measured));
  }

  private String without(FetchWork work, String who) {
    var why =
        Optional.ofNullable(failures.getOrDefault(work, Map.of()).get(who))
            .orElseGet(() -> reasons.getOrDefault(who, NOT_REACHED));
    return "%s not measured: %s".formatted(who, why);
  }

  private static String range(String who, Series series) {
    return "%s %s to %s in %d run(s)"
        .formatted(who, number(series.least()), number(series.most()), series.values().size());
  }

  private static String name(FetchWork work, String what, String who) {
    return work.title() + ": " + what + (who.isEmpty() ? "" : ", " + who);
  }

  private static boolean isNative(String agent) {
    return agent.equals(agent(Side.NATIVE));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
