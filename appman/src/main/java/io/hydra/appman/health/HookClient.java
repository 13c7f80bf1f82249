package io.hydra.appman.health;

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
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls the application's hooks. An application that misbehaves costs one call, never more. */
public final class HookClient {
  private static final int LONGEST_ANSWER_BYTES = 1 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient http;

  public HookClient(Vertx vertx) {
    http =
        vertx.createHttpClient(
            // An application that restarts closes its connections, at times just when they are
            // used.
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) CONNECT.toMillis()));
  }

  /** What a call brought. */
  public sealed interface Answer {
    /** An HTTP answer, whatever its status. */
    record Answered(int status, String body) implements Answer {
      public boolean successful() {
        return status >= 200 && status < 300;
      }
    }

    /** Nothing listens there. */
    record Unreachable(String why) implements Answer {}

    /** It was reached and did not answer properly, or not in time. */
    record Broken(String why) implements Answer {}
  }

  public Answer get(URI uri, Duration timeout) throws InterruptedException {
    return call(uri, HttpMethod.GET, null, timeout);
  }

  public Answer post(URI uri, byte[] json, Duration timeout) throws InterruptedException {
    return call(uri, HttpMethod.POST, Buffer.buffer(json), timeout);
  }

  private Answer call(URI uri, HttpMethod method, @Nullable Buffer json, Duration timeout)
      throws InterruptedException {
    var exchange = new Exchange(json);
    var options = new RequestOptions().setMethod(method).setAbsoluteURI(uri.toString());
    var answer =
        http.request(options)
            .compose(exchange::send)
            .compose(exchange::receive)
            .toCompletionStage()
            .toCompletableFuture();
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Answer.Broken("no answer within " + timeout);
    } catch (ExecutionException e) {
      return failure(e.getCause());
    } finally {
      exchange.end();
    }
  }

  private static Answer failure(@Nullable Throwable e) {
    return switch (e) {
      case ConnectException _ -> new Answer.Unreachable("nothing listens there");
      case UnknownHostException _ -> new Answer.Unreachable("no such host");
      case null, default ->
          new Answer.Broken(e == null ? "failed" : String.valueOf(e.getMessage()));
    };
  }

  /** One request and its answer; lives on an event loop, ends from the caller's thread. */
  private static final class Exchange {
    private final @Nullable Buffer json;
    private @Nullable HttpClientRequest request;
    private boolean over;

    Exchange(@Nullable Buffer json) {
      this.json = json;
    }

    synchronized Future<HttpClientResponse> send(HttpClientRequest opened) {
      request = opened;
      if (over) {
        opened.reset();
        return Future.failedFuture("too late");
      }
      return json == null
          ? opened.send()
          : opened.putHeader("Content-Type", "application/json").send(json);
    }

    Future<Answer> receive(HttpClientResponse response) {
      var body = Buffer.buffer();
      Promise<Answer> whole = Promise.promise();
      response.handler(
          part -> {
            body.appendBuffer(part);
            if (body.length() > LONGEST_ANSWER_BYTES) {
              whole.tryFail("an answer of more than %d bytes".formatted(LONGEST_ANSWER_BYTES));
              end();
            }
          });
      response.exceptionHandler(whole::tryFail);
      response.endHandler(
          _ -> whole.tryComplete(new Answer.Answered(response.statusCode(), body.toString())));
      return whole.future();
    }

    /** Cuts off what is not finished. */
    synchronized void end() {
      over = true;
      if (request != null) {
        request.reset();
      }
    }
  }
}
