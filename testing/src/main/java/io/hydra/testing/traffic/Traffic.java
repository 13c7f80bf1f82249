package io.hydra.testing.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.testing.balancer.Balancer;
import io.hydra.testing.process.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends texts at a steady rate and checks every answer. At most eight are on their way at once: a
 * slow service slows the traffic, it does not pile up.
 */
public final class Traffic implements AutoCloseable {
  private static final int MAX_IN_FLIGHT = 8;
  private static final int MAX_FAILURES = 1000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String TEXT =
      "The engineer opened the window. A cold wind came in, and the papers flew away.";

  private final URI target;
  private final ObjectMapper json = new ObjectMapper();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<String, Long> byRelease = new ConcurrentHashMap<>();
  private final Map<String, String> byReplica = new ConcurrentHashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private volatile Consumer<Failure> listener = failure -> {};

  /**
   * @param balancer where the requests go
   */
  public Traffic(URI balancer) {
    target = balancer.resolve("/analyze");
  }

  /**
   * @param perSecond requests to send a second
   */
  public void start(int perSecond) {
    var unused =
        clock.scheduleAtFixedRate(this::next, 0, 1_000_000L / perSecond, TimeUnit.MICROSECONDS);
  }

  /** Sends no more, and waits for what is on its way. */
  public TrafficSummary stop() {
    clock.shutdownNow();
    slots.acquireUninterruptibly(MAX_IN_FLIGHT);
    slots.release(MAX_IN_FLIGHT);
    return summary();
  }

  public TrafficSummary summary() {
    SortedMap<String, Long> releases = new TreeMap<>(byRelease);
    synchronized (failures) {
      return new TrafficSummary(
          sent.get(), answered.get(), failed.get(), releases, byReplica, failures);
    }
  }

  private void next() {
    if (!slots.tryAcquire()) {
      return;
    }
    sent.incrementAndGet();
    requests.execute(
        () -> {
          try {
            request();
          } finally {
            slots.release();
          }
        });
  }

  private void request() {
    try {
      var answer =
          Http.send(
              HttpRequest.newBuilder(target)
                  .timeout(TIMEOUT)
                  .POST(HttpRequest.BodyPublishers.ofString(TEXT))
                  .build());
      count(answer.headers().firstValue(Balancer.REPLICA).orElse(""), answer);
    } catch (IOException unanswered) {
      fail("", "no answer from the balancer: " + unanswered);
    }
  }

  private void count(String replica, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != 200) {
      fail(replica, "HTTP status " + answer.statusCode() + ": " + answer.body());
      return;
    }
    var analysis = json.readTree(answer.body());
    if (!isRight(analysis)) {
      fail(replica, "wrong answer: " + answer.body());
      return;
    }
    var release = analysis.path("release").asText();
    answered.incrementAndGet();
    byRelease.merge(release, 1L, Long::sum);
    byReplica.put(replica, release);
  }

  private static boolean isRight(JsonNode analysis) {
    return analysis.path("language").asText().equals("eng")
        && analysis.path("sentences").size() == 2
        && !analysis.path("release").asText().isEmpty()
        && analysis.findValues("tag").size()
            == analysis.findValues("tokens").stream().mapToInt(JsonNode::size).sum();
  }

  private void fail(String replica, String reason) {
    if (requests.isShutdown()) {
      return;
    }
    var failure = new Failure(Instant.now(), replica, reason);
    failed.incrementAndGet();
    synchronized (failures) {
      if (failures.size() < MAX_FAILURES) {
        failures.add(failure);
      }
    }
    listener.accept(failure);
  }

  /** Tells of each failure as it happens. */
  public void onFailure(Consumer<Failure> told) {
    listener = told;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    requests.shutdownNow();
  }
}
