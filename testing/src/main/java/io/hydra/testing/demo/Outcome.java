package io.hydra.testing.demo;

import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.testing.balancer.Backend;
import io.hydra.testing.traffic.TrafficSummary;
import io.hydra.testing.watch.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a run of the scenario.
 *
 * @param mostOut replicas that were out at once during the traffic
 * @param releases newest first
 * @param before what nodes held before the second publish
 * @param after what they held at the end
 */
public record Outcome(
    TrafficSummary traffic,
    List<Backend> backends,
    int mostOut,
    List<Release> releases,
    Map<String, Map<Digest, Scenario.Holding>> before,
    Map<String, Map<Digest, Scenario.Holding>> after,
    Watcher watcher) {

  private static final DatasetName UNCHANGED = new DatasetName("langdetect");

  /** Everything that had to hold, and whether it did. */
  public List<Verdict> verdicts() {
    return List.of(
        noRequestFailed(),
        bothReleasesAnswered(),
        oneAtATime(),
        unchangedDataWasLeftAlone(),
        ramWasSwapped(),
        nothingTornWasVisible());
  }

  private Verdict noRequestFailed() {
    return new Verdict(
        "no request failed",
        traffic.failed() == 0 && traffic.answered() == traffic.sent(),
        traffic.failures().isEmpty()
            ? "%d sent, 0 failed".formatted(traffic.sent())
            : "%d of %d failed, the first: %s"
                .formatted(traffic.failed(), traffic.sent(), traffic.failures().getFirst()));
  }

  private Verdict bothReleasesAnswered() {
    boolean all =
        traffic.byReplica().size() == backends.size()
            && traffic.byReplica().values().stream().allMatch(Scenario.NEW::equals);
    return new Verdict(
        "every replica went from the old release to the new one",
        all && traffic.byRelease().containsKey(Scenario.OLD) && traffic.byRelease().size() == 2,
        "answers by release " + traffic.byRelease());
  }

  private Verdict oneAtATime() {
    return new Verdict(
        "replicas were out one at a time", mostOut == 1, "at most %d at once".formatted(mostOut));
  }

  private Verdict unchangedDataWasLeftAlone() {
    var digest = dataset(newest(), UNCHANGED).digest();
    boolean same = digest.equals(dataset(oldest(), UNCHANGED).digest());
    boolean untouched =
        before.entrySet().stream()
            .allMatch(
                node ->
                    node.getValue().containsKey(digest)
                        && node.getValue()
                            .get(digest)
                            .equals(after.getOrDefault(node.getKey(), Map.of()).get(digest)));
    return new Verdict(
        "unchanged data was neither fetched nor stored again",
        same && untouched && !before.isEmpty(),
        "langdetect %s, downloaded by each node once: %s"
            .formatted(
                digest.brief(),
                after.values().stream()
                    .map(node -> node.get(digest))
                    .map(
                        holding ->
                            holding == null ? "never" : Bytes.text(holding.downloadedBytes()))
                    .toList()));
  }

  private Verdict ramWasSwapped() {
    long two = Scenario.ramBytes(newest()) + Scenario.ramBytes(oldest());
    long most = watcher.mostRamBytes(Scenario.SMALL_NODE);
    return new Verdict(
        "where RAM holds one version only, the new one replaced the old one",
        two > Scenario.SMALL_RAM_BYTES
            && watcher.mostInRam(Scenario.SMALL_NODE) == 1
            && most <= Scenario.SMALL_RAM_BYTES,
        "%s has %s, two versions need %s, at most %s held"
            .formatted(
                Scenario.SMALL_NODE,
                Bytes.text(Scenario.SMALL_RAM_BYTES),
                Bytes.text(two),
                Bytes.text(most)));
  }

  private Verdict nothingTornWasVisible() {
    var violations = watcher.violations();
    return new Verdict(
        "nothing torn was ever visible",
        violations.isEmpty() && watcher.rounds() > 0,
        violations.isEmpty()
            ? "%d looks at every store, RAM root and current".formatted(watcher.rounds())
            : violations.size() + " times, the first: " + violations.getFirst());
  }

  /** Bytes that all nodes moved over the network. */
  public long fetchedBytes() {
    return after.values().stream()
        .flatMap(node -> node.values().stream())
        .mapToLong(Scenario.Holding::downloadedBytes)
        .sum();
  }

  /** Bytes that were not moved although a release brought them, because a node had them. */
  public long savedBytes() {
    long all =
        releases.stream()
            .flatMap(release -> release.datasets().stream())
            .mapToLong(ReleaseDataset::bytes)
            .sum();
    return all * after.size() - fetchedBytes();
  }

  /** The numbers as a table. */
  public List<String> summary() {
    var lines = new ArrayList<String>();
    lines.add("%-34s %d".formatted("requests sent", traffic.sent()));
    lines.add("%-34s %d".formatted("requests failed", traffic.failed()));
    traffic
        .byRelease()
        .forEach(
            (release, count) -> lines.add("%-34s %d".formatted("answered by " + release, count)));
    for (var backend : backends) {
      lines.add(
          "%-34s %.1f s (%d time%s)"
              .formatted(
                  backend.id() + " was out",
                  backend.out().toMillis() / 1000.0,
                  backend.outages(),
                  backend.outages() == 1 ? "" : "s"));
    }
    lines.add("%-34s %s".formatted("fetched by all nodes", Bytes.text(fetchedBytes())));
    lines.add("%-34s %s".formatted("saved, as nodes had it", Bytes.text(savedBytes())));
    return lines;
  }

  private Release newest() {
    return releases.getFirst();
  }

  private Release oldest() {
    return releases.getLast();
  }

  private static ReleaseDataset dataset(Release release, DatasetName name) {
    return release.datasets().stream()
        .filter(dataset -> dataset.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
