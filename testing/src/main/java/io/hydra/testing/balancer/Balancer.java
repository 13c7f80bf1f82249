package io.hydra.testing.balancer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.testing.process.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests to ready replicas in turn. Asks each for its readiness five times a second; one
 * that is not ready gets no new requests. Never tries a request again, so that a failure is seen.
 */
public final class Balancer implements AutoCloseable {
  /** Names the replica that answered, or that failed to. */
  public static final String REPLICA = "X-Replica";

  private static final Duration PROBE_EVERY = Duration.ofMillis(200);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

  private final List<Backend> backends;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger mostOut = new AtomicInteger();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService probes;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .executor(requests)
          .build();
  private final HttpServer http;

  public Balancer(List<Backend> backends) throws IOException {
    this.backends = List.copyOf(backends);
    probes = Executors.newScheduledThreadPool(backends.size());
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(requests);
    http.createContext("/", this::forward);
  }

  public void start() {
    for (var backend : backends) {
      var unused =
          probes.scheduleWithFixedDelay(
              () -> probe(backend), 0, PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    http.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public List<Backend> backends() {
    return backends;
  }

  /**
   * The largest number of replicas that were out at once since all were ready for the first time.
   */
  public int mostOut() {
    return mostOut.get();
  }

  /** From now on {@link #mostOut} counts anew. */
  public void resetMostOut() {
    mostOut.set(0);
  }

  private void probe(Backend backend) {
    backend.observe(Http.succeeds(backend.readiness()));
    int out = (int) backends.stream().filter(each -> !each.isReady()).count();
    mostOut.accumulateAndGet(out, Math::max);
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var chosen = choose();
      if (chosen.isEmpty()) {
        answer(exchange, 503, "no replica is ready".getBytes(StandardCharsets.UTF_8));
        return;
      }
      var backend = chosen.get();
      exchange.getResponseHeaders().set(REPLICA, backend.id());
      try {
        var answer = send(backend, exchange, body);
        answer(exchange, answer.statusCode(), answer.body());
      } catch (IOException failed) {
        var reason = "replica did not answer: " + failed;
        answer(exchange, 502, reason.getBytes(StandardCharsets.UTF_8));
      } finally {
        backend.end();
      }
    }
  }

  /** The next ready one in turn, already counted as having one more request in hand. */
  private Optional<Backend> choose() {
    int first = turn.getAndIncrement();
    for (int i = 0; i < backends.size(); i++) {
      var backend = backends.get(Math.floorMod(first + i, backends.size()));
      if (backend.isReady()) {
        backend.begin();
        return Optional.of(backend);
      }
    }
    return Optional.empty();
  }

  private HttpResponse<byte[]> send(Backend backend, HttpExchange exchange, byte[] body)
      throws IOException {
    var request =
        HttpRequest.newBuilder(backend.address().resolve(exchange.getRequestURI().toString()))
            .timeout(REQUEST_TIMEOUT)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    probes.shutdownNow();
    http.stop(0);
    requests.shutdownNow();
    client.shutdownNow();
  }
}
