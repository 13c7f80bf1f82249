package io.hydra.appman.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls the application's hooks. An application that misbehaves costs one call, never more. */
public final class HookClient {
  private static final long LONGEST_ANSWER_BYTES = 1L << 20;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

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
    return call(HttpRequest.newBuilder(uri).GET().build(), timeout);
  }

  public Answer post(URI uri, byte[] json, Duration timeout) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    return call(request, timeout);
  }

  private Answer call(HttpRequest request, Duration timeout) throws InterruptedException {
    // The client's own timeout ends with the headers; a body may trickle for ever.
    var body =
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER_BYTES);
    var answer = http.sendAsync(request, body);
    try {
      var response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer.Answered(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      return new Answer.Broken("no answer within " + timeout);
    } catch (ExecutionException e) {
      return failure(e.getCause() instanceof IOException io ? io : new IOException(e));
    } finally {
      answer.cancel(true);
    }
  }

  private static Answer failure(IOException e) {
    var why = String.valueOf(e.getMessage());
    return switch (e) {
      case ConnectException _, HttpConnectTimeoutException _ ->
          new Answer.Unreachable("nothing listens there");
      default -> new Answer.Broken(why);
    };
  }
}
