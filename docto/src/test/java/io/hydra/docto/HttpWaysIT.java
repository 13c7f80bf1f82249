package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeS3.Behaviour;
import io.hydra.docto.fakes.HostileS3;
import io.hydra.docto.fakes.HostileS3.Kind;
import io.hydra.docto.fakes.Node;
import io.hydra.docto.fakes.RawServer;
import io.hydra.error.ErrorCode;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program by its own HTTP client, by the AWS SDK, and by both. */
class HttpWaysIT {
  private final Dataset dataset =
      Dataset.random("dataset", 41, Map.of("large.bin", 300_000, "odd+ name%20é#?.bin", 5_000));

  private final Path directory;

  HttpWaysIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenNothingIsSetThenTheOwnClientBringsItAllByFewConnections() {
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertThat(node.docto.get("/q/metrics").body())
          .contains("hydra_docto_fetch_fallbacks_total 0.0");
    }
  }

  @Test
  void givenTheSdkIsToBringItThenItDoes() {
    try (var node = new Node(directory, "hydra.fetch.http", "sdk")) {
      node.s3.behave(
          request -> request.number() == 2 ? new Behaviour.CutAfter(1000) : new Behaviour.Serve());
      node.publish(dataset);
      node.order(dataset.onDisk());

      node.awaitReady(dataset);
    }
  }

  @Test
  void givenAServerThatFoldsItsFieldsThenTheSdkIsAskedAndThatIsToldOnce() {
    var bytes = dataset.bytesOf("large.bin");
    var frozen =
        new Manifest(
            List.of(
                new ManifestFile("large.bin", bytes.length, "etag", Optional.empty(), List.of())));
    var one = new Dataset("one", "s3://data/", Map.of("large.bin", bytes), frozen);
    try (var hostile = new HostileS3();
        var node =
            new Node(
                directory,
                "hydra.s3.endpoint",
                hostile.server().url().toString(),
                "hydra.fetch.attempts",
                "20")) {
      hostile.add("data", Kind.MALFORMED, 1, Map.of("large.bin", bytes));
      node.manager.know(one.manifest());
      node.order(one.onDisk());
      node.awaitReady(one);

      assertThat(node.store(one).resolve("large.bin")).hasBinaryContent(bytes);
      assertThat(node.docto.get("/q/metrics").body())
          .containsPattern("hydra_docto_fetch_fallbacks_total [1-9]");
      assertThat(node.docto.log().split("state=fallback", -1)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "sdk"})
  void givenAnEndpointAtAMetadataAddressThenNothingIsFetched(String way) {
    try (var node =
        new Node(
            directory, "hydra.fetch.http", way, "hydra.s3.endpoint", "http://169.254.169.254")) {
      node.publish(dataset);
      node.order(dataset.onDisk());

      node.awaitDataset(
          dataset,
          d -> d.fault().filter(it -> it.code() == ErrorCode.SOURCE_NOT_ALLOWED).isPresent());
    }
  }

  @Test
  void givenAProxyInTheEnvironmentThenItIsAsked() {
    try (var proxy = RawServer.answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        var node =
            new Node(
                directory,
                "hydra.s3.endpoint",
                "http://s3.test:9000",
                "$http_proxy",
                "http://127.0.0.1:" + proxy.port())) {
      node.publish(dataset);
      node.order(dataset.onDisk());

      node.awaitDataset(
          dataset, d -> d.fault().filter(it -> it.detail().contains("502")).isPresent());
      assertThat(proxy.requests().getFirst()).startsWith("GET http://s3.test:9000/data/dataset/");
    }
  }
}
