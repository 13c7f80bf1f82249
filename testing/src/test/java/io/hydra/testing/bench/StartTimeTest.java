package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartTimeTest {
  private final HttpServer server;
  private final URI readiness;
  private final AtomicInteger asked = new AtomicInteger();

  StartTimeTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    readiness = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ready");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int refusals) {
    server.createContext(
        "/ready",
        exchange -> {
          exchange.sendResponseHeaders(asked.incrementAndGet() > refusals ? 200 : 503, -1);
          exchange.close();
        });
  }

  @Test
  void givenAProgramThatIsUpBeforeItIsReady_whenMeasured_thenBothAreTold() throws IOException {
    answers(3);

    var time = StartTime.measure(server::start, readiness, Duration.ofSeconds(20));

    assertThat(asked).hasValue(4);
    assertThat(time.ready()).isGreaterThan(time.firstAnswer());
    assertThat(time.firstAnswer()).isPositive();
  }

  @Test
  void givenAProgramThatNeverGetsReady_whenMeasured_thenThatIsAFailure() {
    answers(Integer.MAX_VALUE);

    assertThatThrownBy(() -> StartTime.measure(server::start, readiness, Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not ready");
  }
}
