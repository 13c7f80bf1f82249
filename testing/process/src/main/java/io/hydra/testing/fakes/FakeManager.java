package io.hydra.testing.fakes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.wire.Connection;
import io.hydra.wire.HydraJson;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A manager that says what the test tells it to say and remembers what it hears. */
public final class FakeManager implements AutoCloseable {
  private static final ObjectMapper JSON = HydraJson.mapper();

  private final HttpServer server;

  /** As they are sent: who asks is not to wait until a large one is written. */
  private final Map<Digest, byte[]> manifests = new ConcurrentHashMap<>();

  private final List<NodeReport> reports = new CopyOnWriteArrayList<>();
  private final List<NodeRegistration> registrations = new CopyOnWriteArrayList<>();
  private Optional<NodeDesired> desired = Optional.empty();
  private boolean knowsNode;
  private boolean closing;
  private int waiting;

  public FakeManager() {
    this(0);
  }

  /** Port 0: any free one. */
  public FakeManager(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void know(Manifest manifest) {
    answerFor(manifest.digest(), manifest);
  }

  /** Answers with a manifest, right or wrong. */
  public void answerFor(Digest digest, Manifest manifest) {
    manifests.put(digest, written(manifest));
  }

  public synchronized void order(NodeDesired order) {
    desired = Optional.of(order);
    notifyAll();
  }

  /** Whether an agent waits for an order now: it has the next one at once. */
  public synchronized boolean isAsked() {
    return waiting > 0;
  }

  /** As after a restart of a manager that has lost its nodes. */
  public synchronized void forgetNode() {
    knowsNode = false;
    notifyAll();
  }

  public List<NodeReport> reports() {
    return List.copyOf(reports);
  }

  public List<NodeRegistration> registrations() {
    return List.copyOf(registrations);
  }

  public Optional<NodeReport> newest() {
    var all = reports();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  public void forgetReports() {
    reports.clear();
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      if (call.matches("PUT /api/v1/nodes/[^/]+")) {
        register(exchange);
      } else if (call.matches("GET /api/v1/nodes/[^/]+/desired")) {
        answerDesired(exchange);
      } else if (call.matches("POST /api/v1/nodes/[^/]+/report")) {
        hearReport(exchange);
      } else if (call.matches("GET /api/v1/manifests/[0-9a-f]+")) {
        answerManifest(exchange);
      } else {
        refuse(exchange, ErrorCode.NOT_FOUND);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void register(HttpExchange exchange) throws IOException {
    var registration = JSON.readValue(exchange.getRequestBody(), NodeRegistration.class);
    synchronized (this) {
      knowsNode = true;
    }
    registrations.add(registration);
    send(
        exchange,
        new NodeView(registration, Connection.CONNECTED, Optional.empty(), Optional.empty()));
  }

  private void answerDesired(HttpExchange exchange) throws IOException, InterruptedException {
    long since =
        Long.parseLong(exchange.getRequestURI().getQuery().replaceAll(".*since=(\\d+).*", "$1"));
    var order = await(since);
    if (order.isPresent()) {
      send(exchange, order.get());
    } else {
      refuse(exchange, ErrorCode.UNKNOWN_NODE);
    }
  }

  private synchronized Optional<NodeDesired> await(long since) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (!closing
        && knowsNode
        && desired.map(order -> order.epoch() == since).orElse(true)
        && System.nanoTime() < end) {
      waiting++;
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
      } finally {
        waiting--;
      }
    }
    if (!knowsNode) {
      return Optional.empty();
    }
    return desired.or(
        () -> Optional.of(new NodeDesired(0, false, List.of(), List.of(), List.of())));
  }

  private void hearReport(HttpExchange exchange) throws IOException {
    var report = JSON.readValue(exchange.getRequestBody(), NodeReport.class);
    boolean known;
    synchronized (this) {
      known = knowsNode;
    }
    if (!known) {
      refuse(exchange, ErrorCode.UNKNOWN_NODE);
      return;
    }
    reports.add(report);
    exchange.sendResponseHeaders(204, -1);
  }

  private void answerManifest(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var manifest = manifests.get(Digest.of(path.substring(path.lastIndexOf('/') + 1)));
    if (manifest == null) {
      refuse(exchange, ErrorCode.UNKNOWN_MANIFEST);
    } else {
      sendWritten(exchange, manifest);
    }
  }

  private static void refuse(HttpExchange exchange, ErrorCode code) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", Problem.MEDIA_TYPE);
    var body = JSON.writeValueAsBytes(Problem.of(code, "refused by the test", Map.of()));
    exchange.sendResponseHeaders(code.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static void send(HttpExchange exchange, Object body) throws IOException {
    sendWritten(exchange, written(body));
  }

  private static byte[] written(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void sendWritten(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
