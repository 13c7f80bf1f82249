package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeS3.Behaviour;
import io.hydra.docto.fakes.FakeS3.Request;
import io.hydra.docto.fakes.Node;
import io.hydra.error.ErrorCode;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that fail, lie, or are not what was published. */
class SourceFaultsIT {
  private final Dataset dataset =
      Dataset.random("dataset", 31, Map.of("large.bin", 700_000, "small/a", 5_000, "small/b", 1));

  private final Path directory;

  SourceFaultsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenEveryThirdAnswerFailsInAnotherWayThenTheDataStillArrives() {
    Function<Request, Behaviour> faulty =
        request ->
            request.number() % 3 != 0
                ? new Behaviour.Serve()
                : switch (request.number() / 3 % 5) {
                  case 0 -> new Behaviour.Fail(503);
                  case 1 -> new Behaviour.Fail(429);
                  case 2 -> new Behaviour.Fail(500);
                  case 3 -> new Behaviour.CutAfter(1000);
                  default -> new Behaviour.CutAfter(0);
                };
    try (var node = new Node(directory)) {
      node.s3.behave(faulty);
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertThat(node.docto.get("/q/metrics").body())
          .contains("hydra_docto_fetch_retries_total{cause=\"throttled\"}")
          .contains("hydra_docto_fetch_retries_total{cause=\"server_error\"}");
    }
  }

  @Test
  void givenAConnectionThatStallsThenItIsGivenUpAndGoneOnWith() {
    try (var node = new Node(directory)) {
      node.s3.behave(
          request ->
              request.number() == 2 ? new Behaviour.StallAfter(20_000) : new Behaviour.Serve());
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertThat(node.docto.get("/q/metrics").body())
          .contains("hydra_docto_fetch_retries_total{cause=\"stalled\"} 1.0");
      assertThat(node.report(dataset).orElseThrow().downloadedBytes())
          .as("what came before the stall is not fetched again")
          .isEqualTo(dataset.bytes());
    }
  }

  @Test
  void givenCorruptBytesThenNothingIsCommittedUntilTheyAreRight() {
    try (var node = new Node(directory)) {
      node.s3.behave(
          request ->
              request.key().endsWith("small/a") ? new Behaviour.Corrupt() : new Behaviour.Serve());
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitDataset(dataset, faultIs(ErrorCode.VERIFICATION_FAILED));
      assertThat(node.store(dataset)).doesNotExist();

      int before = node.s3.requests();
      node.s3.behave(_ -> new Behaviour.Serve());
      node.awaitReady(dataset);

      assertThat(node.report(dataset).orElseThrow().fault()).isEmpty();
      assertThat(node.s3.requests() - before)
          .as("only the wrong file is fetched again")
          .isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CRC64NVME", "CRC32C", "CRC32"})
  void givenAChecksumThatFollowsFromThoseOfPartsThenItDecides(Algorithm algorithm) {
    var summed = dataset.withChecksums(algorithm);
    try (var node = new Node(directory)) {
      node.s3.behave(
          request -> request.number() == 3 ? new Behaviour.Corrupt() : new Behaviour.Serve());
      node.publish(summed);
      node.order(summed.onDisk());
      var report = node.awaitDataset(summed, faultIs(ErrorCode.VERIFICATION_FAILED));
      assertThat(report.fault().orElseThrow().detail()).contains("has " + algorithm);
      assertThat(node.store(summed)).doesNotExist();

      node.awaitReady(summed);
    }
  }

  @Test
  void givenAnObjectThatWasReplacedThenSourceChangedIsReportedAndItRecovers() {
    try (var node = new Node(directory)) {
      node.publish(dataset);
      var good = dataset.bytesOf("small/a");
      var etag =
          dataset.manifest().files().stream()
              .filter(file -> file.path().equals("small/a"))
              .map(ManifestFile::etag)
              .findFirst()
              .orElseThrow();
      node.s3.put("data/dataset/small/a", new byte[] {1, 2, 3}, "another");
      node.order(dataset.onDisk());
      var report = node.awaitDataset(dataset, faultIs(ErrorCode.SOURCE_CHANGED));
      assertThat(report.disk()).isNotEqualTo(CopyState.READY);
      assertThat(report.fault().orElseThrow().detail()).contains("small/a");

      node.s3.put("data/dataset/small/a", good, etag);

      node.awaitReady(dataset);
    }
  }

  @Test
  void givenAMissingObjectThenItIsNamed() {
    try (var node = new Node(directory)) {
      node.manager.know(dataset.manifest());
      node.order(dataset.onDisk());

      var report = node.awaitDataset(dataset, faultIs(ErrorCode.SOURCE_MISSING));

      assertThat(report.fault().orElseThrow().detail()).contains("data/dataset/");
      assertThat(node.store(dataset)).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://secret/x/", "file:///etc/", "https://example.org/x/", "s3://"})
  void givenASourceThatIsNotAllowedThenItIsNotRead(String source) {
    var forbidden = dataset.at(source);
    try (var node = new Node(directory, "hydra.sources.allowed-buckets", "data,other")) {
      node.publish(dataset);
      node.order(forbidden.onDisk());

      node.awaitDataset(forbidden, faultIs(ErrorCode.SOURCE_NOT_ALLOWED));

      assertThat(node.s3.requests()).isZero();
    }
  }

  @Test
  void givenFrozenVersionIdsOfAnotherPrefixThenTheEtagDecides() {
    var files =
        dataset.manifest().files().stream()
            .map(
                f ->
                    new ManifestFile(
                        f.path(), f.size(), f.etag(), Optional.of("elsewhere"), f.checksums()))
            .toList();
    var versioned = new Dataset("dataset", dataset.source(), dataset.files(), new Manifest(files));
    try (var node = new Node(directory)) {
      node.s3.knowVersions("data/dataset/small/a", List.of("elsewhere"));
      node.publish(versioned);
      node.order(versioned.onDisk());

      node.awaitReady(versioned);
    }
  }

  private static Predicate<DatasetReport> faultIs(ErrorCode code) {
    return report -> report.fault().filter(fault -> fault.code() == code).isPresent();
  }
}
