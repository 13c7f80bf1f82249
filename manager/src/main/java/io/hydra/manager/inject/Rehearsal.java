package io.hydra.manager.inject;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the webhook as the API server will: a program's first call is its slowest, and nobody's pod
 * shall be the one that comes too late for it.
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Of no environment: what is said of it does not matter. */
  private static final String CHANNEL = "rehearsal/hydra/rehearsal";

  private final Vertx vertx;
  private final String host;
  private final int port;

  Rehearsal(Vertx vertx, String host, int port) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
  }

  /**
   * @param authorities in PEM; nobody else is trusted
   * @throws IOException where it is not answered with success
   */
  void play(String authorities, String namespace) throws IOException, InterruptedException {
    var trust = new PemTrustOptions().addCertValue(Buffer.buffer(authorities));
    // The address that it listens on need not be one of the names that others call it by.
    var client =
        vertx.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustOptions(trust).setVerifyHost(false));
    try {
      var status =
          client
              .request(HttpMethod.POST, port, host, AdmissionServer.PATH)
              .compose(request -> request.send(Buffer.buffer(question(namespace))))
              .map(HttpClientResponse::statusCode)
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (status != 200) {
        throw new IOException("the webhook answers itself with HTTP status " + status);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the webhook does not answer itself: " + e.getMessage(), e);
    } finally {
      var unused = client.close();
    }
  }

  private static byte[] question(String namespace) {
    var pod =
        Tree.object(
            "metadata",
            Tree.object(
                "name",
                "rehearsal",
                "annotations",
                Tree.object(PodAnnotations.INJECT, "true", PodAnnotations.CHANNEL, CHANNEL)),
            "spec",
            Tree.object("containers", Tree.array(Tree.object("name", "main"))));
    var request = Tree.object("uid", "rehearsal", "namespace", namespace, "operation", "CREATE");
    request.put("dryRun", true).set("object", pod);
    request.putObject("resource").put("resource", "pods");
    return AdmissionReviews.review("request", request).toString().getBytes(StandardCharsets.UTF_8);
  }
}
