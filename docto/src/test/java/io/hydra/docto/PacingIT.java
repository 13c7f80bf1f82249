package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeS3.Behaviour;
import io.hydra.docto.fakes.FakeS3.Sent;
import io.hydra.docto.fakes.Node;
import io.hydra.wire.CopyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How fast data is fetched, and what is fetched first, as its server sees it. */
@DisabledIfSystemProperty(
    named = "hydra.programs",
    matches = "native",
    disabledReason = "the same code, and paced by the clock")
class PacingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ROUND_TRIP = Duration.ofMillis(250);
  private static final int KIB = 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path directory;

  PacingIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenACapOfTheNode_whenTwoDatasetsAreFetched_thenBytesComeEvenlyAndNeverFaster() {
    int cap = 512 * KIB;
    var one = Dataset.random("one", 1, Map.of("large", 1100 * KIB));
    var other = Dataset.random("other", 2, small(60, 16 * KIB));
    try (var node = new Node(directory, "hydra.fetch.bytes-per-second", "512KiB")) {
      node.publish(one);
      node.publish(other);

      node.order(one.onDisk(), other.onDisk());
      node.awaitReady(one, other);

      assertPaced(node.s3.sent(), cap, 8 * 64 * KIB);
      assertThat(node.docto.get("/q/metrics").body())
          .contains("hydra_docto_fetch_bandwidth_waiting 0.0")
          .containsPattern("hydra_docto_fetch_bandwidth_waited_seconds_total [1-9]");
    }
  }

  @Test
  void givenACapOfEachDataset_whenTwoAreFetched_thenItHoldsForEach() {
    int cap = 256 * KIB;
    var one = Dataset.random("one", 3, Map.of("large", 800 * KIB));
    var other = Dataset.random("other", 4, Map.of("large", 800 * KIB));
    try (var node = new Node(directory, "hydra.fetch.dataset-bytes-per-second", "256KiB")) {
      node.publish(one);
      node.publish(other);

      node.order(one.onDisk(), other.onDisk());
      node.awaitReady(one, other);

      assertPaced(of("data/one/large", node), cap, 4 * 64 * KIB);
      assertPaced(of("data/other/large", node), cap, 4 * 64 * KIB);
      assertThat(seconds(node.s3.sent()))
          .as("they do not take from each other")
          .isLessThan(1600.0 * KIB / cap);
    }
  }

  @Test
  void givenAPartInOnePiece_whenThereIsACap_thenItDoesNotComeInABurst() {
    var dataset = Dataset.random("dataset", 5, Map.of("large", 8 * KIB * KIB));
    try (var node =
        new Node(
            directory, "hydra.fetch.part-size", "8MiB", "hydra.fetch.bytes-per-second", "1MiB")) {
      node.publish(dataset);

      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      // What the buffers of both systems hold on the way counts as sent.
      assertPaced(node.s3.sent(), KIB * KIB, 6 * KIB * KIB);
    }
  }

  @Test
  void givenACapThatMakesPartsWaitForLong_whenTheyDo_thenThatIsNoStall() {
    var dataset = Dataset.random("dataset", 6, small(16, 12 * KIB));
    // Sixteen pieces of 4 KiB take a second.
    try (var node =
        new Node(
            directory,
            "hydra.fetch.parallel",
            "16",
            "hydra.fetch.bytes-per-second",
            "64KiB",
            "hydra.fetch.stall-timeout",
            "500ms")) {
      node.publish(dataset);

      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertThat(node.docto.get("/q/metrics").body())
          .doesNotContain("hydra_docto_fetch_retries_total");
    }
  }

  @Test
  void givenALongRoundTrip_whenManyFilesAreFetched_thenMorePartsAreInFlight() {
    var dataset = Dataset.random("dataset", 7, small(500, KIB));
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.s3.delay(ROUND_TRIP);

      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertThat(node.s3.mostInFlight()).isBetween(32, 128);
    }
  }

  @Test
  void givenASourceThatThrottles_whenItDoes_thenFewerRequestsAreInFlightAndLaterMoreAgain() {
    var dataset = Dataset.random("dataset", 8, small(1000, KIB));
    try (var node =
        new Node(directory, "hydra.fetch.retry-budget", "1000", "hydra.fetch.attempts", "100")) {
      node.publish(dataset);
      node.s3.delay(ROUND_TRIP);
      node.order(dataset.onDisk());
      awaitMostInFlight(node, most -> most >= 8);

      node.s3.behave(_ -> new Behaviour.Fail(503));
      awaitMostInFlight(node, most -> most == 1 || most == 2);
      assertThat(node.docto.get("/q/metrics").body())
          .containsPattern("hydra_docto_fetch_parts_limit [12].0")
          .contains("hydra_docto_fetch_retries_total{cause=\"throttled\"}");

      node.s3.behave(_ -> new Behaviour.Serve());
      awaitMostInFlight(node, most -> most >= 4);
    }
  }

  @Test
  void givenPrefetchesInAllSlots_whenSomethingUrgentIsWanted_thenItGoesAheadOfThem() {
    var prefetch = Dataset.random("prefetch", 9, Map.of("large", 8 * KIB * KIB));
    var another = Dataset.random("another", 10, Map.of("large", 8 * KIB * KIB));
    var urgent = Dataset.random("urgent", 11, Map.of("large", 2 * KIB * KIB));
    try (var node = new Node(directory, "hydra.fetch.bytes-per-second", "1MiB")) {
      node.publish(prefetch);
      node.publish(another);
      node.publish(urgent);
      node.order(prefetch.onDisk(20), another.onDisk(20));
      node.awaitDataset(prefetch, report -> report.downloadedBytes() > 0);
      node.awaitDataset(another, report -> report.downloadedBytes() > 0);

      node.order(prefetch.onDisk(20), another.onDisk(20), urgent.onDisk(0));
      node.awaitReady(urgent);

      assertThat(node.report(prefetch).orElseThrow().disk()).isNotEqualTo(CopyState.READY);
      assertThat(node.report(another).orElseThrow().disk()).isNotEqualTo(CopyState.READY);
      assertThat(sentMeanwhile(node.s3.sent(), "data/urgent/large"))
          .as("what was in flight comes to its end, and nothing more begins")
          .isLessThan(urgent.bytes() / 2);
      node.awaitReady(prefetch, another);
      assertThat(node.report(prefetch).orElseThrow().downloadedBytes())
          .as("it went on where it was")
          .isEqualTo(prefetch.bytes());
    }
  }

  /** Bytes of other objects from the first of this one to the last. */
  private static long sentMeanwhile(List<Sent> sent, String key) {
    var own = sent.stream().filter(it -> it.key().equals(key)).toList();
    return sent.stream()
        .filter(it -> !it.key().equals(key))
        .filter(it -> it.nanos() >= own.getFirst().nanos() && it.nanos() <= own.getLast().nanos())
        .mapToLong(Sent::bytes)
        .sum();
  }

  /** Of each while that passes. */
  private static void awaitMostInFlight(Node node, IntPredicate holds) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> holds.test(node.s3.mostInFlight()));
  }

  private static Map<String, Integer> small(int files, int bytes) {
    var sizes = new HashMap<String, Integer>();
    for (int i = 0; i < files; i++) {
      sizes.put("small/" + i, bytes);
    }
    return sizes;
  }

  private static List<Sent> of(String key, Node node) {
    return node.s3.sent().stream().filter(sent -> sent.key().equals(key)).toList();
  }

  /**
   * From any moment to any later one no more than the cap allows, and not much less than that in
   * all.
   *
   * @param ahead bytes that the server may have sent before they were read
   */
  private static void assertPaced(List<Sent> sent, long bytesPerSecond, long ahead) {
    double slack = ahead + bytesPerSecond * 0.5;
    double least = 0;
    double came = 0;
    double worst = 0;
    for (var next : sent) {
      double allowed = (next.nanos() - sent.getFirst().nanos()) / NANOS_PER_SECOND * bytesPerSecond;
      came += next.bytes();
      least = Math.min(least, came - allowed);
      worst = Math.max(worst, came - allowed - least);
    }
    assertThat(worst).as("bytes too many").isLessThan(slack);
    assertThat(seconds(sent))
        .as("seconds for %s bytes", came)
        .isGreaterThan((came - slack) / bytesPerSecond)
        .isLessThan(2 * came / bytesPerSecond + Duration.ofSeconds(2).toSeconds());
  }

  private static double seconds(List<Sent> sent) {
    return (sent.getLast().nanos() - sent.getFirst().nanos()) / NANOS_PER_SECOND;
  }
}
