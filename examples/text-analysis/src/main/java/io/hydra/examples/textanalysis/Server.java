package io.hydra.examples.textanalysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The service's HTTP side. It only translates. */
final class Server implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Server.class.getName());
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Catalogue catalogue;
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final HttpServer http;

  Server(Catalogue catalogue, InetSocketAddress address) throws IOException {
    this.catalogue = catalogue;
    http = HttpServer.create(address, 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    route("POST", "/analyze", this::analyze);
    route("GET", "/ready", exchange -> ready());
    route("GET", "/loaded", exchange -> loaded());
    route("GET", "/in-flight", exchange -> new Answer(200, inFlight.get()));
    route("POST", "/reload", this::reload);
  }

  void start() {
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  /** Lets requests in hand finish for a second. */
  @Override
  public void close() {
    http.stop(1);
  }

  private record Answer(int status, Object body) {
    static Answer refusal(int status, String reason) {
      return new Answer(status, Map.of("error", reason));
    }
  }

  private interface Handler {
    Answer handle(HttpExchange exchange) throws IOException;
  }

  private void route(String method, String path, Handler handler) {
    http.createContext(
        path,
        exchange -> {
          try (exchange) {
            send(exchange, answer(exchange, method, path, handler));
          }
        });
  }

  private Answer answer(HttpExchange exchange, String method, String path, Handler handler) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return Answer.refusal(404, "there is nothing at this path");
    }
    if (!exchange.getRequestMethod().equals(method)) {
      return Answer.refusal(405, "use " + method);
    }
    try {
      return handler.handle(exchange);
    } catch (JsonProcessingException malformed) {
      return Answer.refusal(400, "malformed JSON: " + malformed.getOriginalMessage());
    } catch (IOException | RuntimeException failed) {
      LOG.log(Level.SEVERE, "request failed path=" + path, failed);
      return Answer.refusal(500, failed.toString());
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    var body = json.writeValueAsBytes(answer.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private Answer analyze(HttpExchange exchange) throws IOException {
    inFlight.incrementAndGet();
    try {
      var text = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      if (text.length > MAX_BODY_BYTES) {
        return Answer.refusal(413, "a text may have " + MAX_BODY_BYTES + " bytes");
      }
      var models = catalogue.current();
      if (models.isEmpty()) {
        return Answer.refusal(503, "no models are loaded");
      }
      var analyzer = new Analyzer(models.get());
      return new Answer(200, analyzer.analyze(new String(text, StandardCharsets.UTF_8)));
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private Answer ready() {
    return catalogue
        .current()
        .map(models -> new Answer(200, description(models)))
        .orElseGet(() -> Answer.refusal(503, "no models are loaded"));
  }

  private Answer loaded() {
    return new Answer(
        200, Map.of("datasets", catalogue.current().map(Models::digests).orElse(Map.of())));
  }

  private Answer reload(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
    try {
      return switch (ReloadRequest.read(json.readTree(body))) {
        case ReloadRequest.Load load -> {
          var models = catalogue.load(load.release());
          LOG.info("loaded release=" + models.version() + " sequence=" + models.sequence());
          yield new Answer(200, description(models));
        }
        case ReloadRequest.Unload() -> {
          catalogue.unload();
          LOG.info("let go of all models");
          yield new Answer(200, Map.of());
        }
      };
    } catch (LoadFailure failure) {
      LOG.warning("reload refused: " + failure.getMessage());
      return Answer.refusal(422, String.valueOf(failure.getMessage()));
    }
  }

  private static Map<String, Object> description(Models models) {
    return Map.of(
        "release", models.version(), "sequence", models.sequence(), "datasets", models.digests());
  }
}
