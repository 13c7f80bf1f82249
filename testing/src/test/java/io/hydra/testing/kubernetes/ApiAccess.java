package io.hydra.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server of a test's cluster with all rights, for what is asked too often for kubectl. */
final class ApiAccess {
  private static final String ACCOUNT = "test-admin";

  private final URI server;
  private final String token;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param body empty when it is no JSON
   */
  record Answer(int status, JsonNode body) {}

  ApiAccess(TestCluster cluster) throws IOException {
    server = cluster.cluster().apiServer();
    cluster.kubectl("create", "serviceaccount", ACCOUNT);
    cluster.kubectl(
        "create",
        "clusterrolebinding",
        ACCOUNT,
        "--clusterrole=cluster-admin",
        "--serviceaccount=default:" + ACCOUNT);
    token = cluster.kubectl("create", "token", ACCOUNT, "--duration=2h").strip();
    http = HttpClient.newBuilder().sslContext(trusting(cluster)).build();
  }

  private static SSLContext trusting(TestCluster cluster) throws IOException {
    try (var file = Files.newInputStream(cluster.cluster().authority())) {
      var authority = CertificateFactory.getInstance("X.509").generateCertificate(file);
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("cluster", authority);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the cluster's authority cannot be trusted", e);
    }
  }

  /**
   * @throws IOException also where it is refused: what is asked for is none the less there
   */
  JsonNode get(String path) throws IOException {
    var answer = call("GET", path, "application/json", "");
    if (answer.status() != 200) {
      throw new IOException("%s: %s".formatted(path, answer));
    }
    return answer.body();
  }

  /** Changes a part of an object (RFC 7396). */
  Answer patch(String path, String body) throws IOException {
    return call("PATCH", path, "application/merge-patch+json", body);
  }

  Answer post(String path, String body) throws IOException {
    return call("POST", path, "application/json", body);
  }

  /** At once, without a time to end. */
  void delete(String path) throws IOException {
    call("DELETE", path + "?gracePeriodSeconds=0", "application/json", "");
  }

  private Answer call(String method, String path, String type, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), json.readTree(answer.body()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
