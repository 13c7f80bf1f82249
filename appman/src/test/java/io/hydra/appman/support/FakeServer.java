package io.hydra.appman.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a port of its own, which it keeps over stops and starts. */
final class FakeServer implements AutoCloseable {
  private final Answers answers;
  private HttpServer server;
  private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Answers a request. */
  interface Answers {
    /**
     * @param token of the caller; empty when none
     */
    Answer to(String method, URI uri, String token, byte[] body) throws Exception;
  }

  record Answer(int status, String type, String body) {}

  FakeServer(Answers answers) {
    this.answers = answers;
    this.server = listen(0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  void start() {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server = listen(port());
  }

  private HttpServer listen(int port) {
    try {
      var fresh =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      fresh.createContext("/", this::handle);
      fresh.setExecutor(threads);
      fresh.start();
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var authorization = exchange.getRequestHeaders().getOrDefault("Authorization", List.of(""));
      var answer =
          answers.to(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              authorization.getFirst().replaceFirst("Bearer ", ""),
              body);
      exchange.getResponseHeaders().add("Content-Type", answer.type());
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      throw gone;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
