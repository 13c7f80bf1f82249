package io.hydra.manager.packaged;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager answers between being told to stop and its end. */
class StoppingIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String CHANNEL = "/api/v1/channels/prod/search/searcher";

  @Test
  void givenARequestInHandThenItIsAnsweredAndNewOnesAreRefusedAsAProblem(@TempDir Path directory)
      throws Exception {
    try (var manager = ManagerProcess.start(directory, Map.of());
        var inHand = new Socket(manager.address().getHost(), manager.address().getPort())) {
      assertThat(manager.get("/api/v1/manager").statusCode()).isEqualTo(200);
      // Its body is not complete, so it takes as long as it is let.
      send(
          inHand,
          "PUT %s HTTP/1.1\r\nHost: m\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{"
              .formatted(CHANNEL));
      awaitReceived(manager);

      manager.terminate();
      var refusals = refusals(manager);
      send(inHand, "}");
      var answer = new String(inHand.getInputStream().readNBytes(12), US_ASCII);

      assertThat(refusals).isNotEmpty().allSatisfy(StoppingIT::assertTold);
      assertThat(answer).startsWith("HTTP/1.1 ");
      assertThat(manager.stop(LONG)).isTrue();
      assertThat(manager.log()).doesNotContain(" ERROR ");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Connections are read in turns: what was sent before an answer was read was read, too. */
  private static void awaitReceived(ManagerProcess manager)
      throws IOException, InterruptedException {
    for (int turn = 0; turn < 50; turn++) {
      assertThat(manager.get("/api/v1/manager").statusCode()).isEqualTo(200);
    }
  }

  /** Some of what is answered from the first refusal on. */
  private static List<HttpResponse<String>> refusals(ManagerProcess manager)
      throws InterruptedException {
    var refusals = new ArrayList<HttpResponse<String>>();
    try {
      while (refusals.size() < 3) {
        var answer = manager.get("/api/v1/manager");
        if (answer.statusCode() != 200) {
          refusals.add(answer);
        }
      }
    } catch (IOException gone) {
      return refusals;
    }
    return refusals;
  }

  private static void assertTold(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    var problem = HydraJson.mapper().readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo(ErrorCode.UNAVAILABLE.name());
    assertThat(problem.path("retryable").asBoolean()).isTrue();
    assertThat(problem.path("detail").asText()).contains("stops");
  }
}
