package io.hydra.testing.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes pods faster than kubectl, which keeps itself to some 50 a second. */
final class ManyPods {
  private static final int AT_ONCE = 32;
  private static final String ACCOUNT = "many-pods";

  private final URI pods;
  private final String token;
  private final HttpClient http;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  ManyPods(TestCluster cluster) throws IOException {
    pods = URI.create(cluster.cluster().apiServer() + "/api/v1/namespaces/default/pods");
    cluster.cluster().apply(account());
    token = cluster.kubectl("create", "token", ACCOUNT);
    http = HttpClient.newBuilder().sslContext(trusting(cluster)).build();
  }

  private static String account() {
    return """
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: %1$s, namespace: default}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: %1$s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    subjects: [{kind: ServiceAccount, name: %1$s, namespace: default}]
    """
        .formatted(ACCOUNT);
  }

  private static SSLContext trusting(TestCluster cluster) throws IOException {
    try (var file = Files.newInputStream(cluster.cluster().authority())) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /**
   * @param json of the pod of a number from 0
   * @return when the last was there
   */
  Instant create(int count, IntFunction<String> json) throws IOException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var made =
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> post(json.apply(number))))
              .toList();
      for (var one : made) {
        await(one);
      }
      return Instant.now();
    }
  }

  private static void await(Future<Integer> made) throws IOException {
    try {
      if (made.get() != 201) {
        throw new IOException("HTTP status " + made.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private int post(String pod) throws IOException, InterruptedException {
    permits.acquire();
    try {
      return http.send(
              HttpRequest.newBuilder(pods)
                  .timeout(Duration.ofSeconds(60))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(pod))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } finally {
      permits.release();
    }
  }
}
