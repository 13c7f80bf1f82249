package io.hydra.manager.apiserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An API server that notes each request and answers what a test says, by default with success. */
public final class AnsweringServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer http;
  private final ApiServer client;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Answer> answers = request -> new Answer(200, "{}");

  /** A request. */
  public record Asked(String method, String path, String contentType, String body) {}

  /** What is said to it. */
  public record Answer(int status, String body) {}

  public AnsweringServer(Path directory) throws IOException {
    var token = Files.writeString(directory.resolve("token"), "secret");
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
    client = new ApiServer(new Config(http.getAddress().getPort(), token), vertx);
  }

  public ApiServer client() {
    return client;
  }

  public List<Asked> asked() {
    return asked;
  }

  public void answering(Function<Asked, Answer> answer) {
    answers = answer;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var request =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    asked.add(request);
    var answer = answers.apply(request);
    exchange.sendResponseHeaders(answer.status(), 0);
    exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    client.close();
    vertx.close();
  }

  private record Config(int port, Path tokenFile) implements ApiServerConfig {
    @Override
    public Optional<URI> url() {
      return Optional.of(URI.create("http://127.0.0.1:" + port));
    }

    @Override
    public Path caFile() {
      return tokenFile.resolveSibling("none");
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(5);
    }
  }
}
