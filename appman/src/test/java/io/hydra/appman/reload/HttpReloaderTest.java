package io.hydra.appman.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.health.HookClient;
import io.hydra.appman.support.FakeApplication;
import io.hydra.appman.support.FakeNode;
import io.hydra.appman.support.MutableClock;
import io.hydra.wire.HydraJson;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpReloaderTest {
  private final MutableClock clock = new MutableClock();
  private final FakeApplication application = new FakeApplication();
  private final Vertx vertx = Vertx.vertx();
  private final HttpReloader reloader;

  HttpReloaderTest(@TempDir Path directory) {
    reloader =
        new HttpReloader(
            URI.create(application.url("/reload")),
            FakeNode.CHANNEL,
            new NodeData(new FakeNode(directory).layout()),
            new HookClient(vertx),
            HydraJson.mapper(),
            clock,
            clock);
  }

  @AfterEach
  void end() {
    application.close();
    vertx.close();
  }

  @Test
  void givenARelease_thenItsDigestsReachTheApplication() throws Exception {
    var release = FakeNode.release(1);

    assertThat(reloader.reload(release, clock.instant().plusSeconds(60)))
        .isEqualTo(new Outcome.Loaded());

    assertThat(application.loaded())
        .isEqualTo(
            release.contents().entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().value(), e -> e.getValue().hex())));
  }

  @Test
  void givenNobodyThere_thenItIsTriedUntilTheDeadlineAndTheReleaseIsNotBlamed() throws Exception {
    application.stop();
    var deadline = clock.instant().plus(Duration.ofMinutes(2));

    assertThat(reloader.reload(FakeNode.release(1), deadline)).isInstanceOf(Outcome.Hindered.class);

    assertThat(clock.instant()).isAfterOrEqualTo(deadline);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "404, true", "405, true", "501, true", "500, false", "409, false"})
  void givenTheAnswerToUnload_thenOnlyARealRefusalIsWorthAnotherTry(int status, boolean done)
      throws Exception {
    application.unloadStatus(status);

    assertThat(reloader.letGo(clock.instant().plusSeconds(30))).isEqualTo(done);
  }
}
