package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.ShellApplication;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The modes of reload in which the application is a process that reads {@code current}. */
class ProcessReloadIT extends AppManIT {
  private ShellApplication shell = new ShellApplication(Path.of("target", "shell-unset"));

  @BeforeEach
  void application() {
    shell = new ShellApplication(directory.resolve("application"));
    application.tell(() -> shell.loaded());
    properties.put("hydra.app.loaded-url", application.url("/loaded"));
  }

  @AfterEach
  void endApplication() {
    appMan.ifPresent(running -> running.kill());
    shell.close();
  }

  private void asChild(String mode) {
    properties.put("hydra.app.reload", "restart");
    properties.put(
        "hydra.app.command", String.join(",", shell.command(mode, dir().resolve("current"))));
    properties.put("hydra.reload.deadline", "10s");
  }

  private static Map<String, String> texts(ReleaseSet release) {
    var texts = new TreeMap<String, String>();
    release.contents().forEach((name, digest) -> texts.put(name.value(), digest.hex()));
    return texts;
  }

  private void assertMovesTo(ReleaseSet release) {
    node.bring(release);
    manager.grant(release);
    awaitServing(release);
    assertThat(shell.loaded()).isEqualTo(texts(release));
    assertThat(manager.reports().stream().map(InstanceReport::state))
        .contains(InstanceState.DRAINING);
  }

  @Test
  void givenWatch_thenTheApplicationThatFollowsCurrentIsProvenToServe() {
    properties.put("hydra.app.reload", "watch");
    shell.start("watch", dir().resolve("current"));
    startServing(ONE);

    assertMovesTo(TWO);
  }

  @Test
  void givenSignal_thenTheProcessInThePidFileReloads() {
    properties.put("hydra.app.reload", "signal");
    properties.put("hydra.app.pid-file", shell.pidFile().toString());
    shell.start("signal", dir().resolve("current"));
    startServing(ONE);
    var before = shell.process();

    assertMovesTo(TWO);
    assertThat(shell.process()).isEqualTo(before);
  }

  @Test
  void givenSignalToAMarkedProcess_thenItReloads_andItsChildrenAreLeftAlone() {
    var mark = directory.toString();
    properties.put("hydra.app.reload", "signal");
    properties.put("hydra.app.process", "HYDRA_MARK=" + mark);
    shell.start("signal", dir().resolve("current"), Map.of("HYDRA_MARK", mark));
    startServing(ONE);
    var before = shell.process();

    assertMovesTo(TWO);
    assertThat(shell.process()).isEqualTo(before);
  }

  @Test
  void givenAChild_thenItIsStartedOnceThereIsDataAndRestartedWithTheNewRelease() {
    asChild("plain");
    startServing(ONE);
    var before = shell.process().orElseThrow();

    assertMovesTo(TWO);
    assertThat(before.isAlive()).isFalse();
    assertThat(shell.loads())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("2 " + TWO.ref().version() + " ");
  }

  @Test
  void givenARestartCommand_thenItIsRunForEachRelease() throws IOException {
    var script = directory.resolve("restart.sh");
    Files.writeString(
        script,
        """
        if [ -f "%1$s" ]; then kill "$(cat "%1$s")" && rm -f "%1$s"; fi
        setsid %2$s </dev/null >/dev/null 2>&1 &
        """
            .formatted(
                shell.pidFile(),
                String.join(" ", shell.command("plain", dir().resolve("current")))));
    properties.put("hydra.app.reload", "restart");
    properties.put("hydra.app.restart-command", "/bin/sh," + script);
    startServing(ONE);

    assertMovesTo(TWO);
    assertThat(shell.loads()).hasSize(2);
  }

  @Test
  void givenACommandThatFails_thenTheInstanceGoesBack() throws IOException {
    var script = directory.resolve("restart.sh");
    Files.writeString(script, "test \"$HYDRA_SEQUENCE\" = 1 || exit 4\n");
    application.tell(() -> texts(ONE));
    properties.put("hydra.app.reload", "restart");
    properties.put("hydra.app.restart-command", "/bin/sh," + script);
    startServing(ONE);
    node.bring(TWO);

    manager.grant(TWO);

    awaitThat("back on the first", () -> hasFailed(TWO) && isServing(ONE));
    assertThat(manager.lastReport().orElseThrow().fault().orElseThrow().detail())
        .contains("exit code 4");
  }

  @Test
  void givenAChildThatEndsWithTheNewRelease_thenTheOldOneIsStartedAgain() throws IOException {
    asChild("plain");
    startServing(ONE);
    node.bring(TWO);
    Files.writeString(node.path(TWO.datasets().getFirst()).resolve("broken"), "");

    manager.grant(TWO);

    awaitThat("back on the first", () -> hasFailed(TWO) && isServing(ONE));
    assertThat(shell.loaded()).isEqualTo(texts(ONE));
  }

  private boolean hasFailed(ReleaseSet release) {
    return manager.lastReport().flatMap(InstanceReport::failed).equals(Optional.of(release.ref()));
  }

  @Test
  void givenAChildThatDies_thenItIsStartedAgain() {
    asChild("plain");
    startServing(ONE);
    var first = shell.process().orElseThrow();

    first.destroyForcibly();

    awaitThat("started again", () -> shell.loads().size() == 2 && isServing(ONE) && isReady());
  }

  @Test
  void givenAKilledAppMan_thenTheNextOneTakesTheLivingChildOver() {
    asChild("plain");
    var first = startServing(ONE);
    var child = shell.process();

    first.kill();
    assertThat(first.endsWithin(Duration.ofSeconds(10))).isTrue();
    int reports = manager.reports().size();
    start();
    awaitThat("heard again", () -> manager.reports().size() > reports && isReady());

    assertThat(shell.process()).isEqualTo(child);
    assertThat(shell.loads()).hasSize(1);
  }

  @Test
  void givenAChildThatWasNotNoted_thenTheNextAppManFindsItByItsMarks() throws IOException {
    asChild("plain");
    var first = startServing(ONE);
    var child = shell.process();

    first.kill();
    assertThat(first.endsWithin(Duration.ofSeconds(10))).isTrue();
    var state = dir().resolve("state.json");
    var without = Files.readString(state).replaceFirst("(?s),\\s*\"child\" : \\{.*?\\}\\s*\\}", "");
    assertThat(without).doesNotContain("child");
    Files.writeString(state, without);
    int reports = manager.reports().size();
    start();
    awaitThat("heard again", () -> manager.reports().size() > reports && isReady());

    assertThat(shell.process()).isEqualTo(child);
    assertThat(shell.loads()).hasSize(1);
  }

  @Test
  void givenSigterm_thenTheChildEndsAfterTheDrainAndAppManWithIt() {
    asChild("plain");
    properties.put("hydra.drain.settle", "1s");
    var running = startServing(ONE);
    var child = shell.process().orElseThrow();

    running.terminate();
    awaitThat("taken out of traffic", () -> running.status("/q/health/ready") == 503);
    assertThat(child.isAlive()).isTrue();

    assertThat(running.endsWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(child.isAlive()).isFalse();
    assertThat(manager.lastReport().orElseThrow().ready()).isFalse();
  }

  @Test
  void givenLetGo_thenTheChildIsStoppedUntilTheDataIsThere() {
    asChild("plain");
    startServing(ONE);

    manager.grant(TWO, true);
    awaitThat("released", () -> manager.lastReport().orElseThrow().released());
    assertThat(shell.process()).isEmpty();
    node.evict(ONE);
    node.bring(TWO);

    awaitServing(TWO);
  }
}
