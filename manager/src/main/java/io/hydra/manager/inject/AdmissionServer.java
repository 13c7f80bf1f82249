package io.hydra.manager.inject;

import io.hydra.tls.Identity;
import io.hydra.tls.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Speaks HTTPS with the API server. Anybody in the cluster may call, so what a call can cost is
 * limited: bytes, alone and together, and time. Nobody is told what he has not said himself.
 */
final class AdmissionServer implements AutoCloseable {
  static final String PATH = "/inject";
  private static final Logger LOG = Logger.getLogger(AdmissionServer.class);

  /** The API server takes 3 MiB of a pod, and wraps it. */
  private static final int LARGEST_BODY_BYTES = 4 << 20;

  /** In hand at once: some thousand usual pods, or a few of the largest. */
  private static final int MOST_BYTES = 4 * LARGEST_BODY_BYTES;

  /** The API server has given up by then. */
  private static final Duration SLOWEST_BODY = Duration.ofSeconds(5);

  /** An API server keeps connections for 90 s; who ends one first may cut off a request. */
  private static final int IDLE_SECONDS = 120;

  private static final Duration START = Duration.ofSeconds(10);
  private static final int MOST_CONNECTIONS_WAITING = 128;

  private final HttpServer server;
  private final Vertx vertx;
  private final Handler handler;
  private final Semaphore free = new Semaphore(MOST_BYTES, true);

  /** Answers a question; may block. */
  interface Handler {
    /**
     * @throws IOException where it is no question
     */
    byte[] answer(byte[] question) throws IOException;
  }

  AdmissionServer(Vertx vertx, Supplier<Identity> identity, Handler handler) {
    this.vertx = vertx;
    this.handler = handler;
    var tls = Tls.server(identity).forQuarkus();
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(tls.getKeyStoreOptions())
                .setEnabledSecureTransportProtocols(
                    tls.getSSLOptions().getEnabledSecureTransportProtocols())
                .setUseAlpn(false)
                .setAcceptBacklog(MOST_CONNECTIONS_WAITING)
                .setIdleTimeout(IDLE_SECONDS));
    server.requestHandler(this::take);
    server.exceptionHandler(failed -> LOG.debugf(failed, "a connection failed"));
  }

  /**
   * @return the port that it listens on
   * @throws IOException where the port cannot be had
   */
  int listen(int port, String host) throws IOException, InterruptedException {
    try {
      var listening = server.listen(port, host).toCompletionStage().toCompletableFuture();
      return listening.get(START.toSeconds(), TimeUnit.SECONDS).actualPort();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("cannot listen on %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    var unused = server.close();
  }

  private void take(HttpServerRequest request) {
    var call = new Call(request, vertx.getOrCreateContext());
    request.pause();
    if (!PATH.equals(request.path())) {
      call.refuse(404, "there is only " + PATH);
      return;
    }
    if (!HttpMethod.POST.equals(request.method())) {
      call.refuse(405, "POST an AdmissionReview");
      return;
    }
    var unused = Thread.ofVirtual().name("admission").start(() -> inTurn(call));
  }

  /** Reads a body only when there is room for it. */
  private void inTurn(Call call) {
    try {
      int bytes = call.announcedBytes(LARGEST_BODY_BYTES);
      if (!free.tryAcquire(bytes, SLOWEST_BODY.toSeconds(), TimeUnit.SECONDS)) {
        call.refuse(503, "too much to do");
        return;
      }
      try {
        call.answer(handler.answer(call.body(bytes, SLOWEST_BODY)));
      } finally {
        free.release(bytes);
      }
    } catch (IOException malformed) {
      LOG.debugf("state=refused detail=%s", malformed.getMessage());
      call.refuse(400, "this is no AdmissionReview that Hydra can answer");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unforeseen) {
      LOG.error("a pod could not be judged, and is created as it is", unforeseen);
      call.refuse(500, "the manager's log says why");
    }
  }
}
