package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.DoctoProcess;
import io.hydra.docto.fakes.FakeS3;
import io.hydra.docto.fakes.Node;
import io.hydra.testing.fakes.FakeManager;
import io.hydra.testing.process.Authority;
import io.hydra.testing.process.TlsFront;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program over HTTPS, to S3 and to the manager. */
class TlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Authority authority;
  private static Authority stranger;
  private static Authority.Issued server;

  private final Dataset index = Dataset.random("index", 1, Map.of("large.bin", 1_000_000));
  private final Path directory;
  private final List<TlsFront> fronts = new ArrayList<>();

  TlsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void issue(@TempDir Path certificates) {
    authority = new Authority(certificates, "authority");
    stranger = new Authority(certificates, "stranger");
    server = authority.server("server");
  }

  @AfterEach
  void closeFronts() {
    fronts.forEach(TlsFront::close);
  }

  @Test
  void givenAPrivateAuthorityThenDataComesFromS3AndOrdersFromTheManager() {
    try (var node =
        new Node(
            directory,
            (manager, s3) ->
                List.of(
                    "hydra.s3.endpoint", front(s3.url(), server, false).url().toString(),
                    "hydra.s3.tls.ca-file", authority.file().toString(),
                    "hydra.manager.url", front(manager.url(), server, false).url().toString(),
                    "hydra.tls.ca-file", authority.file().toString()))) {
      node.publish(index);
      node.order(index.onDisk());

      node.awaitReady(index);
    }
  }

  @Test
  void givenBothSidesShowCertificatesThenBothConnectionsStand() {
    var client = authority.client("node-1");
    try (var node =
        new Node(
            directory,
            (manager, s3) ->
                List.of(
                    "hydra.s3.endpoint", front(s3.url(), server, true).url().toString(),
                    "hydra.s3.tls.ca-file", authority.file().toString(),
                    "hydra.s3.tls.certificate-file", client.certificate().toString(),
                    "hydra.s3.tls.key-file", client.key().toString(),
                    "hydra.manager.url", front(manager.url(), server, true).url().toString(),
                    "hydra.tls.ca-file", authority.file().toString(),
                    "hydra.tls.certificate-file", client.certificate().toString(),
                    "hydra.tls.key-file", client.key().toString()))) {
      node.publish(index);
      node.order(index.onDisk());

      node.awaitReady(index);
    }
  }

  @Test
  void givenTheSystemsBundleHoldsTheAuthorityThenNoSettingIsNeeded() {
    try (var node =
        new Node(
            directory,
            (manager, s3) ->
                List.of(
                    "hydra.s3.endpoint", front(s3.url(), server, false).url().toString(),
                    "hydra.manager.url", front(manager.url(), server, false).url().toString(),
                    "$SSL_CERT_FILE", authority.file().toString()))) {
      node.publish(index);
      node.order(index.onDisk());

      node.awaitReady(index);
    }
  }

  @Test
  void givenAnUnknownAuthorityThenS3IsRefusedAndTheFaultNamesTheFile() {
    assertFault(
        (s3) -> front(s3.url(), server, false).url(),
        List.of("hydra.s3.tls.ca-file", stranger.file().toString()),
        "the server's certificate 'CN=server' is signed by no authority in hydra.s3.tls.ca-file "
            + stranger.file(),
        "CN=authority");
  }

  @Test
  void givenTheSystemDoesNotKnowTheAuthorityThenS3IsRefused() {
    assertFault(
        (s3) -> front(s3.url(), server, false).url(), List.of(), "is signed by no authority in");
  }

  @Test
  void givenACertificateOfAnotherHostThenS3IsRefusedAndTheFaultNamesBoth() {
    assertFault(
        (s3) -> front(s3.url(), authority.server("other", "other.example"), false).url(),
        List.of("hydra.s3.tls.ca-file", authority.file().toString()),
        "is for 'other.example', not for '127.0.0.1'");
  }

  @Test
  void givenAnExpiredCertificateThenS3IsRefusedAndTheFaultSaysSo() {
    assertFault(
        (s3) -> front(s3.url(), authority.expiredServer("old"), false).url(),
        List.of("hydra.s3.tls.ca-file", authority.file().toString()),
        "has expired: 'CN=old' was valid until");
  }

  @Test
  void givenS3DemandsACertificateAndNoneIsConfiguredThenTheFaultSaysSo() {
    assertFault(
        (s3) -> front(s3.url(), server, true).url(),
        List.of("hydra.s3.tls.ca-file", authority.file().toString()),
        "the server demands a client certificate, and none is configured");
  }

  @Test
  void givenAnUntrustedManagerThenTheLogSaysWhyAndAChangedFileMendsIt() throws IOException {
    var trusted = Files.copy(stranger.file(), directory.resolve("trusted.pem"));
    try (var node =
        new Node(
            directory,
            (manager, s3) ->
                List.of(
                    "hydra.manager.url", front(manager.url(), server, false).url().toString(),
                    "hydra.tls.ca-file", trusted.toString()))) {
      awaitLog(node.docto, "is signed by no authority in hydra.tls.ca-file " + trusted);

      Files.copy(authority.file(), directory.resolve("new.pem"));
      Files.move(directory.resolve("new.pem"), trusted, StandardCopyOption.REPLACE_EXISTING);

      node.publish(index);
      node.order(index.onDisk());
      node.awaitReady(index);
    }
  }

  @Test
  void givenACertificateOfAnotherHostThenTheManagerIsNotSpokenTo() {
    var elsewhere = authority.server("elsewhere", "other.example");
    try (var node =
        new Node(
            directory,
            (manager, s3) ->
                List.of(
                    "hydra.manager.url", front(manager.url(), elsewhere, false).url().toString(),
                    "hydra.tls.ca-file", authority.file().toString()))) {
      awaitLog(node.docto, "is for 'other.example', not for '127.0.0.1'");
    }
  }

  @Test
  void givenTheManagerDemandsACertificateAndNoneIsConfiguredThenTheLogSaysSo() {
    try (var node =
        new Node(
            directory,
            (manager, s3) ->
                List.of(
                    "hydra.manager.url", front(manager.url(), server, true).url().toString(),
                    "hydra.tls.ca-file", authority.file().toString()))) {
      awaitLog(node.docto, "the server demands a client certificate");
    }
  }

  @Test
  void givenAMissingFileThenItEndsAndNamesSettingAndFile() {
    assertRefused(
        "hydra.tls.ca-file: /none.pem does not exist",
        "hydra.manager.url",
        "https://127.0.0.1:1",
        "hydra.tls.ca-file",
        "/none.pem");
  }

  @Test
  void givenTheKeyOfAnotherCertificateThenItEndsAndNamesBoth() {
    var other = authority.client("other-client");
    assertRefused(
        "hydra.s3.tls.key-file: %s is not the key of the certificate in %s"
            .formatted(other.key(), "hydra.s3.tls.certificate-file " + server.certificate()),
        "hydra.s3.endpoint",
        "https://127.0.0.1:1",
        "hydra.s3.tls.certificate-file",
        server.certificate().toString(),
        "hydra.s3.tls.key-file",
        other.key().toString());
  }

  @Test
  void givenAFileForAPlainAddressThenItWarnsAndDoesNotReadIt() {
    try (var node = new Node(directory, "hydra.tls.ca-file", "/none.pem")) {
      awaitLog(node.docto, "hydra.tls.ca-file is not used: hydra.manager.url is http://");
      node.awaitReport(_ -> true);
    }
  }

  private interface Endpoint {
    URI of(FakeS3 s3);
  }

  private void assertFault(Endpoint endpoint, List<String> settings, String... words) {
    try (var node =
        new Node(
            directory,
            (manager, s3) -> {
              var all = new ArrayList<>(settings);
              all.addAll(List.of("hydra.s3.endpoint", endpoint.of(s3).toString()));
              all.addAll(List.of("hydra.fetch.attempts", "2"));
              return all;
            })) {
      node.publish(index);
      node.order(index.onDisk());

      // With TLS 1.3 a client may be writing already when the server refuses its certificate, and
      // then hears of a broken connection only; the next attempt tells.
      node.awaitDataset(
          index,
          d ->
              d.fault().filter(it -> Stream.of(words).allMatch(it.detail()::contains)).isPresent());
      assertThat(node.store(index)).doesNotExist();
    }
  }

  private void assertRefused(String line, String... settings) {
    try (var manager = new FakeManager();
        var s3 = new FakeS3();
        var docto = DoctoProcess.start(directory, manager, s3, settings)) {
      assertThat(docto.exitCode()).isEqualTo(1);
      assertThat(docto.log()).contains(line).doesNotContain("\tat ");
    }
  }

  private static void awaitLog(DoctoProcess docto, String words) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(docto.log()).contains(words));
  }

  private TlsFront front(URI target, Authority.Issued shown, boolean clientNeeded) {
    var front = new TlsFront(target.getPort(), authority.context(shown), clientNeeded);
    fronts.add(front);
    return front;
  }
}
