package io.hydra.testing.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;

/** One HTTP client for everything that asks programs how they are. */
public final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .executor(
              Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()))
          .build();

  private Http() {}

  /** Whether a GET answers 2xx within two seconds. */
  public static boolean succeeds(URI uri) {
    try {
      return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build()).statusCode()
              / 100
          == 2;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** The answer to a GET, whatever its status. */
  public static HttpResponse<String> get(URI uri) throws IOException {
    return send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build());
  }

  /**
   * @throws IOException when there is no answer
   */
  public static HttpResponse<String> send(HttpRequest request) throws IOException {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return CLIENT.send(request, body);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
