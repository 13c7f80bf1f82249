package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.support.AppManProcess;
import io.hydra.wire.InstanceReport;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartUpIT extends AppManIT {
  @Test
  void givenNoChannel_thenItEndsAndNamesTheProperty() {
    properties.remove("hydra.instance.channel");

    var started = start();

    assertThat(started.endsWithin(Duration.ofSeconds(30))).isTrue();
    assertThat(started.exitValue()).isNotZero();
    assertThat(started.output()).contains("hydra.instance.channel is missing");
  }

  @Test
  void givenSeveralMistakes_thenAllAreNamedAtOnce() {
    properties.put("hydra.app.reload", "http");
    properties.put("hydra.app.ready-url", "localhost:80");
    properties.put("hydra.drain.settle", "-1s");

    var started = start();

    assertThat(started.endsWithin(Duration.ofSeconds(30))).isTrue();
    assertThat(started.output())
        .contains("hydra.app.reload-url", "hydra.app.ready-url", "hydra.drain.settle");
  }

  @Test
  void givenSigtermWhileServing_thenItLeavesTrafficFirstAndEndsInSeconds() {
    withHttpHooks();
    properties.put("hydra.drain.settle", "1s");
    var running = startServing(ONE);

    running.terminate();

    awaitThat("out of traffic", () -> running.status("/q/health/ready") == 503);
    assertThat(running.endsWithin(Duration.ofSeconds(8))).isTrue();
    assertThat(manager.lastReport().orElseThrow().ready()).isFalse();
    assertThat(application.violations()).isEmpty();
  }

  @Test
  void givenADirectoryThatAnotherAppManUses_thenItEndsAndNamesTheProperty() {
    var first = start();
    awaitThat("up", () -> first.status("/q/health/live") == 200);

    try (var second = AppManProcess.start(directory.resolve("second.log"), properties)) {
      assertThat(second.endsWithin(Duration.ofSeconds(30))).isTrue();
      assertThat(second.output()).contains("hydra.dir", "used by another AppMan");
    }
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void givenAnApplicationThatIsStartedAfterIt_thenItCountsAsStartedOnceTheDataIsThere()
      throws IOException {
    properties.put("hydra.app.reload", "http");
    properties.put("hydra.app.reload-url", "http://127.0.0.1:1/reload");
    manager.grant(ONE);
    var running = start();
    awaitThat(
        "waiting for data", () -> manager.lastReport().flatMap(InstanceReport::fault).isPresent());
    assertThat(running.status("/q/health/started")).isEqualTo(503);
    assertThat(running.status("/q/health/live")).isEqualTo(200);

    node.bring(ONE);

    awaitThat("started", () -> running.status("/q/health/started") == 200);
    assertCurrentLeadsTo(ONE);
    assertThat(running.status("/q/health/ready")).isEqualTo(503);
  }

  @Test
  void givenSigtermWhileWaiting_thenItEndsInSeconds() {
    var running = start();
    awaitThat("up", () -> running.status("/q/health/live") == 200);

    running.terminate();

    assertThat(running.endsWithin(Duration.ofSeconds(8))).isTrue();
  }
}
