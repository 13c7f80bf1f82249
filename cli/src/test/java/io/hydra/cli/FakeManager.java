package io.hydra.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A manager that gives the answers it was told to, and remembers what it was asked. */
final class FakeManager implements AutoCloseable {
  private static final ObjectMapper JSON = HydraJson.mapper();

  record Answer(int status, String mediaType, String body, Map<String, String> headers) {
    Answer(int status, String mediaType, String body) {
      this(status, mediaType, body, Map.of());
    }

    /** The same, from a manager that cannot reach its state. */
    static Answer stale(Object body) {
      return new Answer(200, "application/json", write(body), Map.of("Hydra-Stale", "true"));
    }

    /** Server-sent events, as text, after which the connection ends. */
    static Answer events(String text) {
      return new Answer(200, "text/event-stream", text);
    }
  }

  record Request(
      String method,
      String path,
      Map<String, String> query,
      Optional<String> key,
      Optional<String> ifMatch,
      Optional<String> token,
      Optional<String> lastEventId,
      String body) {
    <T> T bodyAs(Class<T> type) {
      try {
        return JSON.readValue(body, type);
      } catch (JsonProcessingException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
  }

  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  FakeManager() {
    server = start(0);
  }

  private HttpServer start(int port) {
    try {
      var started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.createContext("/", this::handle);
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.start();
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Goes away; {@link #comeBack} continues at the same address. */
  void goAway() {
    server.stop(0);
  }

  void comeBack() {
    server = start(server.getAddress().getPort());
  }

  /** Answers the call so; of several answers each is given once, the last one for ever. */
  FakeManager on(String method, String path, Object... bodies) {
    var queue = queue(method, path);
    for (var body : bodies) {
      queue.add(
          switch (body) {
            case Answer answer -> answer;
            case ErrorCode code -> problem(code);
            default -> new Answer(200, "application/json", write(body));
          });
    }
    return this;
  }

  /** As {@link #on}, without a body. */
  FakeManager onNoContent(String method, String path) {
    queue(method, path).add(new Answer(204, "", ""));
    return this;
  }

  private Deque<Answer> queue(String method, String path) {
    return answers.computeIfAbsent(method + " /api/v1" + path, key -> new ArrayDeque<>());
  }

  static Answer problem(ErrorCode code) {
    return new Answer(
        code.status(),
        Problem.MEDIA_TYPE,
        write(
            Problem.of(
                code,
                "the fake manager says " + code.title(),
                Map.of("channel", Samples.CHANNEL.toString()))));
  }

  List<Request> requests() {
    return requests;
  }

  List<Request> requests(String method, String path) {
    return requests.stream()
        .filter(request -> request.method().equals(method))
        .filter(request -> request.path().equals("/api/v1" + path))
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var request =
          new Request(
              exchange.getRequestMethod(),
              uri.getPath(),
              query(uri.getQuery()),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      var answer = next(request);
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      if (!answer.mediaType().isEmpty()) {
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer next(Request request) {
    var queue = answers.get(request.method() + " " + request.path());
    if (queue == null) {
      return problem(ErrorCode.NOT_FOUND);
    }
    synchronized (queue) {
      return queue.size() > 1 ? queue.remove() : queue.element();
    }
  }

  private static Map<String, String> query(@Nullable String query) {
    var parameters = new ConcurrentHashMap<String, String>();
    if (query != null) {
      for (var part : query.split("&", -1)) {
        var pair = part.split("=", 2);
        parameters.put(pair[0], pair.length == 2 ? pair[1] : "");
      }
    }
    return parameters;
  }

  private static String write(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
