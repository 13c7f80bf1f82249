package io.hydra.testing.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is measured of each program that keeps running.
 *
 * @param idleGoal MiB resident when idle
 * @param loadGoal MiB resident at the peak of the load, if there is such a goal
 */
record ProgramMeasures(String program, int idleGoal, Optional<Integer> loadGoal) {
  /** In which a long-running program's memory is read. */
  enum When {
    READY("at ready"),
    IDLE("idle"),
    LOADED("end of load");

    private final String title;

    When(String title) {
      this.title = title;
    }
  }

  private static final Goal START_GOAL = Goal.below(100);

  Measure ready() {
    return Measure.of(program + ": start to ready, median", "ms").withGoal(START_GOAL);
  }

  Measure readyFastest() {
    return Measure.of(program + ": start to ready, fastest", "ms");
  }

  Measure readySlowest() {
    return Measure.of(program + ": start to ready, slowest", "ms");
  }

  Measure firstAnswer() {
    return Measure.of(program + ": start to first HTTP answer, median", "ms");
  }

  Measure resident(When when) {
    var measure = Measure.of(program + ": resident " + when.title, "MiB");
    return when == When.IDLE ? measure.withGoal(Goal.atMost(idleGoal)) : measure;
  }

  Measure anonymous(When when) {
    return Measure.of(program + ": resident " + when.title + ", anonymous", "MiB");
  }

  Measure file(When when) {
    return Measure.of(program + ": resident " + when.title + ", file-backed", "MiB");
  }

  Measure idleMost() {
    return Measure.of(program + ": resident idle, highest reading", "MiB");
  }

  Measure peak() {
    var measure = Measure.of(program + ": resident, peak under load", "MiB");
    return loadGoal.map(limit -> measure.withGoal(Goal.atMost(limit))).orElse(measure);
  }

  Measure processorTime() {
    return Measure.of(program + ": load, processor time", "s");
  }

  List<Measure> starting() {
    var all = new ArrayList<>(List.of(ready(), readyFastest(), readySlowest(), firstAnswer()));
    all.addAll(memory(When.READY));
    return all;
  }

  List<Measure> memory(When when) {
    return List.of(resident(when), anonymous(when), file(when));
  }

  List<Measure> idling() {
    var all = new ArrayList<>(memory(When.IDLE));
    all.add(idleMost());
    return all;
  }

  List<Measure> loaded() {
    var all = new ArrayList<>(memory(When.LOADED));
    all.add(peak());
    all.add(processorTime());
    return all;
  }

  List<Measure> all() {
    var all = new ArrayList<>(starting());
    all.addAll(idling());
    all.addAll(loaded());
    return all;
  }

  void put(Results results, Side side, When when, Memory memory) {
    results.put(resident(when), side, memory.resident());
    results.put(anonymous(when), side, memory.anonymous());
    results.put(file(when), side, memory.file());
  }
}
