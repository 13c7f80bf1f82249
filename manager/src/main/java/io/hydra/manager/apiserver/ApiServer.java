package io.hydra.manager.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.tls.ClientTls;
import io.hydra.tls.PemFile;
import io.hydra.wire.HydraJson;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls the API server. Calls block the caller's thread. Made when it is first called. */
@ApplicationScoped
public class ApiServer {
  private static final String CA_FILE = "hydra.kubernetes.api-server.ca-file";
  private static final int CONNECT_MILLIS = 5_000;

  /** A stream takes one for itself, and there are two for each namespace that has consumers. */
  private static final int MOST_CONNECTIONS = 10_000;

  /**
   * Who is silent for longer may be gone. A stream can be, though nothing is wrong: the API server
   * sends bookmarks each minute, but not where it has none that is newer than what was asked from.
   */
  private static final int SILENCE_SECONDS = 100;

  private final ApiServerConfig config;
  private final URI url;
  private final ClientTls tls;
  private final HttpClient http;

  /**
   * The one event loop that all connections and answers belong to: on another, an answer could be
   * over before anybody looks at it.
   */
  private final Context loop;

  private final ObjectMapper json = HydraJson.mapper();

  /** Reads a stream, on a thread that it must not block. */
  interface Reader {
    /** The server has begun to answer. */
    void opened();

    /**
     * One line.
     *
     * @throws IOException to end the stream, as failed
     */
    void take(byte[] line) throws IOException;
  }

  public ApiServer(ApiServerConfig config, Vertx vertx) {
    this.config = config;
    this.url = config.url().orElseGet(ApiServer::ofThisPod);
    this.tls =
        new ClientTls(
            Optional.of(new PemFile(CA_FILE, config.caFile())), Optional.empty(), Optional.empty());
    this.http = vertx.createHttpClient(options(url, tls));
    this.loop = vertx.getOrCreateContext();
  }

  private static URI ofThisPod() {
    var host = Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_HOST"));
    var port = Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_PORT"));
    if (host.isEmpty() || port.isEmpty()) {
      throw new ConfigurationException(
          "hydra.kubernetes.api-server.url is missing: this is no pod of Kubernetes");
    }
    var literal = host.get().contains(":") ? "[" + host.get() + "]" : host.get();
    return URI.create("https://%s:%s".formatted(literal, port.get()));
  }

  private static HttpClientOptions options(URI url, ClientTls tls) {
    var options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setTcpKeepAlive(true)
            .setMaxPoolSize(MOST_CONNECTIONS)
            .setIdleTimeout(SILENCE_SECONDS);
    tls.to(url, "hydra.kubernetes.api-server.url")
        .map(secure -> secure.forQuarkus())
        .ifPresent(
            secure ->
                options
                    .setSsl(true)
                    .setTrustOptions(secure.getTrustStoreOptions())
                    .setEnabledSecureTransportProtocols(
                        secure.getSSLOptions().getEnabledSecureTransportProtocols()));
    return options;
  }

  public URI url() {
    return url;
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return tree(call(HttpMethod.GET, path, Optional.empty()));
  }

  public JsonNode post(String path, JsonNode object) throws IOException, InterruptedException {
    return tree(call(HttpMethod.POST, path, Optional.of(object)));
  }

  /** Replaces an object, unless it is not of the version that {@code object} says any more. */
  public JsonNode put(String path, JsonNode object) throws IOException, InterruptedException {
    return tree(call(HttpMethod.PUT, path, Optional.of(object)));
  }

  /** Changes parts of an object, of whatever version it is. Gives the object as it is then. */
  public JsonNode patch(String path, Patch patch, JsonNode change)
      throws IOException, InterruptedException {
    var request = request(HttpMethod.PATCH, path).putHeader("Content-Type", patch.contentType());
    return tree(call(request, Optional.of(change)));
  }

  /** As {@link #get}, read as a record. */
  public <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
    return json.readValue(call(HttpMethod.GET, path, Optional.empty()).getBytes(), type);
  }

  /** Whatever came of a call, in words. */
  public String why(Throwable failure) {
    return tls.why(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  /** What Hydra looks at of an object that a call has given. */
  public ApiObject object(JsonNode answer) throws IOException {
    return read(answer, ApiObject.class);
  }

  <T> T read(byte[] line, Class<T> type) throws IOException {
    return json.readValue(line, type);
  }

  <T> T read(JsonNode object, Class<T> type) throws IOException {
    return json.treeToValue(object, type);
  }

  /**
   * Gives away each line of the answer as it comes; returns when the server ends the answer.
   *
   * @throws BrokenOff where it has begun and cannot go on
   */
  void follow(String path, Reader reader) throws IOException, InterruptedException {
    var stream = new Stream(reader);
    var request = request(HttpMethod.GET, path);
    try {
      await(
          onLoop(() -> http.request(request).compose(stream::send).compose(stream::take)),
          Optional.empty());
    } finally {
      stream.end();
    }
  }

  @PreDestroy
  void close() {
    var unused = http.close();
  }

  private Buffer call(HttpMethod method, String path, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    return call(request(method, path), body);
  }

  private Buffer call(RequestOptions request, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    var content = body.map(object -> Buffer.buffer(bytes(object))).orElseGet(Buffer::buffer);
    return await(
        onLoop(
            () ->
                http.request(request)
                    .compose(opened -> opened.send(content))
                    .compose(ApiServer::whole)),
        Optional.of(config.timeout()));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(
        _ -> {
          try {
            work.get().onComplete(done);
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  private RequestOptions request(HttpMethod method, String path) throws IOException {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(url + path)
        .putHeader("Accept", "application/json")
        .putHeader("Content-Type", "application/json")
        .putHeader("Authorization", "Bearer " + Files.readString(config.tokenFile()).strip());
  }

  static Future<Buffer> whole(HttpClientResponse response) {
    return response
        .body()
        .compose(
            body ->
                response.statusCode() / 100 == 2
                    ? Future.succeededFuture(body)
                    : Future.failedFuture(refusal(response.statusCode(), body)));
  }

  private static ApiRefusal refusal(int status, Buffer body) {
    try {
      var message = new ObjectMapper().readTree(body.getBytes()).path("message").asText();
      return new ApiRefusal(status, message);
    } catch (IOException noStatusObject) {
      return new ApiRefusal(status, "without a reason");
    }
  }

  private byte[] bytes(JsonNode object) {
    try {
      return json.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private JsonNode tree(Buffer body) throws IOException {
    return json.readTree(body.getBytes());
  }

  private static <T> T await(Future<T> answer, Optional<Duration> limit)
      throws IOException, InterruptedException {
    var future = answer.toCompletionStage().toCompletableFuture();
    try {
      return limit.isPresent()
          ? future.get(limit.get().toNanos(), TimeUnit.NANOSECONDS)
          : future.get();
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + limit.orElseThrow(), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiRefusal refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof BrokenOff broken) {
        throw broken;
      }
      var cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
