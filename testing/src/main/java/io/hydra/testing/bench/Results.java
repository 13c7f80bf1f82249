package io.hydra.testing.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what was measured. Each measure announced is a row, also without a number. */
final class Results {
  private final Map<Measure, Map<Side, Double>> values = new LinkedHashMap<>();
  private final Map<Measure, Map<Side, String>> reasons = new LinkedHashMap<>();

  /** Measures a few things of one side at once. */
  interface Work {
    void run() throws Exception;
  }

  void announce(List<Measure> measures) {
    measures.forEach(measure -> values.computeIfAbsent(measure, it -> new EnumMap<>(Side.class)));
  }

  void put(Measure measure, Side side, double value) {
    announce(List.of(measure));
    values.getOrDefault(measure, Map.of()).put(side, value);
  }

  /** There is no such number, unless there already is. */
  void missing(Measure measure, Side side, String why) {
    announce(List.of(measure));
    reasons.computeIfAbsent(measure, it -> new EnumMap<>(Side.class)).putIfAbsent(side, why);
  }

  /** Runs what measures these; when it fails, the ones it did not get to are noted as missing. */
  void attempt(Side side, List<Measure> measures, Work work) {
    announce(measures);
    try {
      work.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      measures.forEach(measure -> missing(measure, side, "interrupted"));
    } catch (Exception failed) {
      var why = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
      // Also where an earlier attempt brought the numbers: fewer of them than were asked for.
      System.err.println(side.title() + " failed: " + failed);
      measures.forEach(measure -> missing(measure, side, why));
    }
  }

  /** Whether there is any number. */
  boolean any() {
    return values.values().stream().anyMatch(sides -> !sides.isEmpty());
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    values.forEach(
        (measure, sides) ->
            rows.add(
                new Row(
                    measure,
                    Optional.ofNullable(sides.get(Side.NATIVE)),
                    Optional.ofNullable(sides.get(Side.JVM)),
                    notes(measure, sides))));
    return rows;
  }

  private List<String> notes(Measure measure, Map<Side, Double> sides) {
    var notes = new ArrayList<String>();
    for (var side : Side.values()) {
      if (!sides.containsKey(side)) {
        var why = reasons.getOrDefault(measure, Map.of()).getOrDefault(side, "nobody got to it");
        notes.add(side.title() + " not measured: " + why);
      }
    }
    return notes;
  }
}
