package io.hydra.appman.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.config.Settings;
import io.hydra.appman.support.FakeApplication;
import io.hydra.appman.support.FakeNode;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.HydraJson;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationHooksTest {
  private final FakeApplication application = new FakeApplication();
  private final Vertx vertx = Vertx.vertx();
  private final Path directory;

  ApplicationHooksTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void end() {
    application.close();
    vertx.close();
  }

  @Test
  void givenAHookThatDoesNotAnswer_thenTheViewRestsOnSilence() throws Exception {
    application.silentAboutReady(1);

    assertThat(hooks(Duration.ofMillis(200)).look().answered()).isFalse();
  }

  @Test
  void givenNobodyThere_thenTheViewRestsOnSilence() throws Exception {
    application.stop();

    assertThat(hooks(Duration.ofSeconds(5)).look().answered()).isFalse();
  }

  @Test
  void givenAHookThatSaysNo_thenThatIsAnAnswer() throws Exception {
    application.readyStatus(503);

    var view = hooks(Duration.ofSeconds(5)).look();

    assertThat(view.answered()).isTrue();
    assertThat(view.isWell()).isFalse();
  }

  private ApplicationHooks hooks(Duration timeout) {
    var settings =
        new Settings(
            new InstanceId("searcher-1"),
            FakeNode.CHANNEL,
            new NodeName("node-1"),
            new FakeNode(directory).layout(),
            directory,
            URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(5),
            new ReloadWay.Watch(),
            new Settings.Hooks(
                Optional.of(URI.create(application.url("/loaded"))),
                Optional.of(URI.create(application.url("/ready"))),
                Optional.empty(),
                timeout,
                Duration.ofMillis(300)),
            Duration.ofSeconds(10),
            new Settings.Timing(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)));
    return new ApplicationHooks(settings, new HookClient(vertx), HydraJson.mapper());
  }
}
