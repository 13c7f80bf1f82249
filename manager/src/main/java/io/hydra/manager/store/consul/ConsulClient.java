package io.hydra.manager.store.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.StoreConfig;
import io.hydra.tls.ClientTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls Consul's HTTP API. Calls block the caller's thread, which is no event loop. */
final class ConsulClient implements AutoCloseable {
  private static final String URL = "hydra.store.consul.url";
  private static final String TOKEN_FILE = "hydra.store.consul.token-file";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int MOST_CONNECTIONS = 32;

  /** Within which a call fails by itself, so that its connection is not used again. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final StoreConfig.Consul config;
  private final ClientTls tls;
  private final HttpClient http;
  private final Duration limit;

  /** The one event loop that all connections and answers belong to. */
  private final Context loop;

  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param index Consul's, as of which the answer is; 0 where it says none
   */
  record Answer(int status, long index, JsonNode body) {}

  /**
   * A question that its asker may give up: one that waits for news would keep its connection until
   * there is some. Lives on the event loop.
   */
  private static final class Asked {
    private Optional<HttpClientRequest> request = Optional.empty();
    private boolean givenUp;

    void opened(HttpClientRequest opened) {
      request = Optional.of(opened);
      if (givenUp) {
        opened.reset();
      }
    }

    void giveUp() {
      givenUp = true;
      request.ifPresent(HttpClientRequest::reset);
    }
  }

  private record Raw(int status, @Nullable String index, Buffer body) {}

  ConsulClient(StoreConfig.Consul config, Vertx vertx) {
    this.config = config;
    this.tls = ClientTls.of("hydra.store.consul.tls", config.tls());
    this.http = vertx.createHttpClient(options());
    this.limit = config.timeout();
    this.loop = vertx.getOrCreateContext();
  }

  private ConsulClient(ConsulClient same, Duration limit) {
    this.config = same.config;
    this.tls = same.tls;
    this.http = same.http;
    this.limit = limit;
    this.loop = same.loop;
  }

  /** The same connections, with less patience. To close either is to close both. */
  ConsulClient within(Duration shorter) {
    return shorter.compareTo(limit) < 0 ? new ConsulClient(this, shorter) : this;
  }

  private HttpClientOptions options() {
    var options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setTcpKeepAlive(true)
            .setMaxPoolSize(MOST_CONNECTIONS);
    tls.to(config.url(), URL)
        .map(secure -> secure.forQuarkus())
        .ifPresent(
            secure -> {
              options
                  .setSsl(true)
                  .setTrustOptions(secure.getTrustStoreOptions())
                  .setEnabledSecureTransportProtocols(
                      secure.getSSLOptions().getEnabledSecureTransportProtocols());
              Optional.ofNullable(secure.getKeyStoreOptions())
                  .ifPresent(options::setKeyCertOptions);
            });
    return options;
  }

  /** Reads; the answer may be 404. */
  Answer get(String path) {
    return get(path, limit);
  }

  /**
   * As {@link #get(String)}, of what Consul holds back until there is news.
   *
   * @param limit after which it is no answer
   */
  Answer get(String path, Duration limit) {
    var answer = call(HttpMethod.GET, path, Buffer.buffer(), limit);
    if (answer.status() != 200 && answer.status() != 404) {
      throw refusal(answer);
    }
    return answer;
  }

  /** Writes; the answer may be 409. It is unknown what happened when this throws. */
  Answer put(String path, JsonNode body) {
    var answer = call(HttpMethod.PUT, path, bytes(body), limit);
    if (answer.status() != 200 && answer.status() != 409) {
      throw refusal(answer);
    }
    return answer;
  }

  /** For people. */
  HydraException unavailable(String why) {
    return new HydraException(
        ErrorCode.UNAVAILABLE, "Consul at %s (%s) %s".formatted(config.url(), URL, why));
  }

  @Override
  public void close() {
    var unused = http.close();
  }

  /** An event loop would wait for an answer that it may have to deliver itself. */
  private Answer call(HttpMethod method, String path, Buffer body, Duration limit) {
    if (Context.isOnEventLoopThread()) {
      throw unavailable("cannot be asked by an event loop");
    }
    var request = request(method, path, limit);
    var asked = new Asked();
    var answer =
        onLoop(
            () ->
                http.request(request)
                    .onSuccess(asked::opened)
                    .compose(opened -> opened.send(body))
                    .compose(ConsulClient::whole));
    var raw = await(answer, limit.plus(MARGIN), asked);
    long index = raw.index() == null ? 0 : Long.parseLong(raw.index());
    return new Answer(raw.status(), index, parsed(raw));
  }

  private RequestOptions request(HttpMethod method, String path, Duration limit) {
    var request =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(config.url().toString().replaceAll("/+$", "") + path)
            .setTimeout(limit.toMillis());
    config.tokenFile().ifPresent(_ -> request.putHeader("X-Consul-Token", token()));
    return request;
  }

  private String token() {
    var file = config.tokenFile().orElseThrow();
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.UNAVAILABLE, "%s: %s cannot be read: %s".formatted(TOKEN_FILE, file, e), e);
    }
  }

  private static Future<Raw> whole(HttpClientResponse response) {
    return response
        .body()
        .map(body -> new Raw(response.statusCode(), response.getHeader("X-Consul-Index"), body));
  }

  /** What is no JSON is words of Consul's, in an answer that says no. */
  private JsonNode parsed(Raw raw) {
    if (raw.body().length() == 0) {
      return MissingNode.getInstance();
    }
    try {
      return json.readTree(raw.body().getBytes());
    } catch (IOException words) {
      return json.getNodeFactory().textNode(raw.body().toString().strip());
    }
  }

  private HydraException refusal(Answer answer) {
    var words = answer.body().isTextual() ? answer.body().asText() : answer.body().toString();
    return switch (answer.status()) {
      case 403 -> unavailable("refuses the token (%s): %s".formatted(TOKEN_FILE, words));
      default -> unavailable("answers %d: %s".formatted(answer.status(), words));
    };
  }

  private Buffer bytes(JsonNode body) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
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

  private <T> T await(Future<T> answer, Duration limit, Asked asked) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      loop.runOnContext(_ -> asked.giveUp());
      throw unavailable("does not answer within " + limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      loop.runOnContext(_ -> asked.giveUp());
      throw unavailable("is not waited for any more");
    } catch (ExecutionException e) {
      var cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw unavailable(
          "cannot be reached: "
              + tls.why(cause).orElseGet(() -> String.valueOf(cause.getMessage())));
    }
  }
}
