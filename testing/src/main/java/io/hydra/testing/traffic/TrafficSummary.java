package io.hydra.testing.traffic;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of all requests so far.
 *
 * @param answered as it should be
 * @param byRelease how many of these named which release
 * @param byReplica the newest release that each replica answered with
 * @param failures the others, at most the first thousand
 */
public record TrafficSummary(
    long sent,
    long answered,
    long failed,
    SortedMap<String, Long> byRelease,
    Map<String, String> byReplica,
    List<Failure> failures) {
  public TrafficSummary {
    byRelease = new TreeMap<>(byRelease);
    byReplica = Map.copyOf(byReplica);
    failures = List.copyOf(failures);
  }
}
