package io.hydra.testing.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a benchmark says of one measure.
 *
 * @param ours empty when it could not be measured
 * @param peer of what ours is compared with; empty when it could not be measured
 * @param peerName what that is; empty where there is nothing like it
 * @param notes what to know of the numbers: why one is missing, of how many runs they are
 */
record Row(
    Measure measure,
    Optional<Double> ours,
    Optional<Double> peer,
    Optional<String> peerName,
    List<String> notes) {
  Row {
    notes = List.copyOf(notes);
  }

  /** Of the native build beside the same program on the JVM. */
  Row(Measure measure, Optional<Double> ours, Optional<Double> peer, List<String> notes) {
    this(measure, ours, peer, Optional.of(Side.JVM.title()), notes);
  }

  Row withoutNotes() {
    return new Row(measure, ours, peer, peerName, List.of());
  }

  /** Ours by the peer's: 0.25 is a quarter of what the peer takes. Empty without both, or by 0. */
  Optional<Double> ratio() {
    return ours.flatMap(own -> peer.filter(other -> other > 0).map(other -> own / other));
  }

  /** Whether the goal is kept; empty without a goal or a number. */
  Optional<Boolean> holds() {
    return measure.goal().flatMap(goal -> ours.map(goal::holds));
  }

  /** The row as it stands in the JSON file: absent is {@code null}, numbers have two digits. */
  Map<String, Object> asJson() {
    var fields = new LinkedHashMap<String, Object>();
    var name = new ArrayList<>(List.of(measure.name()));
    name.addAll(notes);
    fields.put("measure", String.join("; ", name));
    fields.put("unit", measure.unit());
    fields.put("ours", number(ours));
    fields.put("peer", number(peer));
    fields.put("peerName", peerName);
    fields.put("ratio", number(ratio()));
    fields.put("goal", measure.goal().<Object>map(Goal::toString));
    fields.put("holds", holds());
    return fields;
  }

  private static Optional<Double> number(Optional<Double> value) {
    return value.map(exact -> Math.round(exact * 100) / 100.0);
  }
}
