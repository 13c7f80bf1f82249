package io.hydra.testing.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured of the manager and of a peer. Each measure announced is a row. */
final class AgentsRows {
  private final Map<Measure, Optional<String>> peers = new LinkedHashMap<>();
  private final Map<Measure, Double> ours = new HashMap<>();
  private final Map<Measure, Double> theirs = new HashMap<>();
  private final Map<Measure, String> reasons = new HashMap<>();
  private final Map<Measure, String> peerReasons = new HashMap<>();
  private final Progress progress;

  /**
   * @param progress is told of each number when it is known: a run of an hour may be ended before
   *     its table is printed
   */
  AgentsRows(Progress progress) {
    this.progress = progress;
  }

  /** Without a peer. */
  void announce(Measure measure) {
    peers.putIfAbsent(measure, Optional.empty());
  }

  void announce(Measure measure, String peerName) {
    peers.put(measure, Optional.of(peerName));
  }

  void put(Measure measure, double value) {
    announce(measure);
    ours.put(measure, value);
    progress.say("  %s: %.1f %s".formatted(measure.name(), value, measure.unit()));
  }

  void putPeer(Measure measure, double value) {
    announce(measure);
    theirs.put(measure, value);
  }

  /** There is no such number, unless there already is; the first reason counts. */
  void missing(List<Measure> measures, String why) {
    measures.forEach(this::announce);
    measures.forEach(measure -> reasons.putIfAbsent(measure, why));
  }

  /** As {@link #missing}, of the peer. */
  void missingPeer(List<Measure> measures, String why) {
    measures.forEach(measure -> peerReasons.putIfAbsent(measure, why));
  }

  /** Measures something. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * What fails is noted at what it was to measure.
   *
   * @return whether it did not
   */
  boolean attempt(List<Measure> wanted, Work work) throws InterruptedException {
    try {
      work.run();
      return true;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) {
      var why = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
      System.err.println("failed: " + failed);
      missing(wanted, why);
      return false;
    }
  }

  Optional<Double> of(Measure measure) {
    return Optional.ofNullable(ours.get(measure));
  }

  /** Whether there is any number. */
  boolean any() {
    return !ours.isEmpty();
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    peers.forEach(
        (measure, peer) ->
            rows.add(
                new Row(
                    measure,
                    of(measure),
                    Optional.ofNullable(theirs.get(measure)),
                    peer,
                    notes(measure, peer))));
    return rows;
  }

  private List<String> notes(Measure measure, Optional<String> peer) {
    var notes = new ArrayList<String>();
    if (!ours.containsKey(measure)) {
      notes.add("not measured: " + reasons.getOrDefault(measure, "nobody got to it"));
    }
    if (peer.isPresent() && !theirs.containsKey(measure)) {
      notes.add(
          "%s not measured: %s"
              .formatted(peer.get(), peerReasons.getOrDefault(measure, "nobody got to it")));
    }
    return notes;
  }
}
