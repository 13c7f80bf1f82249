package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.testing.process.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged manager as an HTTPS server. */
class HttpsIT {
  private static Authority authority;
  private static Authority.Issued server;
  private static Authority.Issued client;

  private final Path directory;

  HttpsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void issue(@TempDir Path certificates) {
    authority = new Authority(certificates, "authority");
    server = authority.server("manager");
    client = authority.client("node-1");
  }

  @Test
  void givenACertificateThenThePortSpeaksHttpsAndNoPlainHttp() throws Exception {
    try (var manager = ManagerProcess.start(directory, settings(server))) {
      assertThat(manager.address().getScheme()).isEqualTo("https");

      var answer = get(manager, authority.context(client));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      var plain =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + manager.address().getPort() + "/q/health/live"))
              .timeout(Duration.ofSeconds(10))
              .build();
      try (var http = HttpClient.newHttpClient()) {
        assertThatThrownBy(() -> http.send(plain, HttpResponse.BodyHandlers.discarding()))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void givenClientsMustShowACertificateThenOthersAreRefused() throws Exception {
    var settings = settings(server);
    settings.put("hydra.tls.client-ca-file", authority.file().toString());
    settings.put("hydra.tls.client-auth", "required");
    try (var manager = ManagerProcess.start(directory, settings)) {
      assertThat(get(manager, authority.context(client)).statusCode()).isEqualTo(200);

      assertThatThrownBy(() -> get(manager, authority.contextOfNobody()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void givenChangedFilesThenTheNextConnectionSeesTheNewCertificate() throws Exception {
    var certificate = Files.copy(server.certificate(), directory.resolve("tls.crt"));
    var key = Files.copy(server.key(), directory.resolve("tls.key"));
    try (var manager =
        ManagerProcess.start(
            directory, settings(new Authority.Issued("manager", certificate, key)))) {
      assertThat(shown(manager)).isEqualTo("CN=manager");

      var next = authority.rsaServer("renewed");
      replace(certificate, next.certificate());
      replace(key, next.key());

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(shown(manager)).isEqualTo("CN=renewed"));
    }
  }

  @Test
  void givenTheKeyOfAnotherThenItEndsWithOneLineThatNamesBoth() throws Exception {
    assertRefused(
        settings(new Authority.Issued("x", server.certificate(), client.key())),
        "hydra.tls.key-file: %s is not the key of the certificate in hydra.tls.certificate-file %s"
            .formatted(client.key(), server.certificate()));
  }

  @Test
  void givenACertificateAloneThenItEndsAndNamesWhatIsMissing() throws Exception {
    var settings = settings(server);
    settings.remove("hydra.tls.key-file");

    assertRefused(settings, "is of no use without hydra.tls.key-file");
  }

  @Test
  void givenClientsAreAskedAndNobodyIsTrustedThenItEnds() throws Exception {
    var settings = settings(server);
    settings.put("hydra.tls.client-auth", "required");

    assertRefused(settings, "hydra.tls.client-ca-file does not say whose are trusted");
  }

  private void assertRefused(Map<String, String> settings, String line) throws Exception {
    var log = directory.resolve("refused.log");
    var process = ManagerProcess.spawn(directory, settings, log);
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(Files.readString(log)).contains(line).doesNotContain("\tat ");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Map<String, String> settings(Authority.Issued shown) {
    var settings = new HashMap<String, String>();
    settings.put("hydra.tls.certificate-file", shown.certificate().toString());
    settings.put("hydra.tls.key-file", shown.key().toString());
    return settings;
  }

  private static String shown(ManagerProcess manager) throws Exception {
    var session = get(manager, authority.context(client)).sslSession().orElseThrow();
    return ((X509Certificate) session.getPeerCertificates()[0]).getSubjectX500Principal().getName();
  }

  private static HttpResponse<String> get(ManagerProcess manager, SSLContext context)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newBuilder().sslContext(context).build()) {
      var uri = URI.create("https://127.0.0.1:" + manager.address().getPort() + "/q/health/live");
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void replace(Path file, Path by) throws IOException {
    var fresh = Files.copy(by, file.resolveSibling("fresh"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
