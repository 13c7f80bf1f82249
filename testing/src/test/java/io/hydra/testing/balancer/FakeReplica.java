package io.hydra.testing.balancer;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers like a replica and its AppMan in one. */
final class FakeReplica implements AutoCloseable {
  private final HttpServer http;
  private volatile boolean ready = true;
  final AtomicInteger requests = new AtomicInteger();

  FakeReplica(String answer) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext(
        "/ready",
        exchange -> {
          exchange.sendResponseHeaders(ready ? 200 : 503, -1);
          exchange.close();
        });
    http.createContext(
        "/analyze",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    http.start();
  }

  void ready(boolean now) {
    ready = now;
  }

  Backend backend(String id) {
    var address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    return new Backend(id, address, address.resolve("/ready"));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
