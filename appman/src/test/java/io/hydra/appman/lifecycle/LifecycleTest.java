package io.hydra.appman.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.InstanceLifecycle.Waiting;
import io.hydra.appman.support.FakeNode;
import io.hydra.error.HydraException;
import io.hydra.wire.HydraJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
  private static final ReleaseSet ONE = FakeNode.release(1);
  private static final Move TO_TWO = new Move(2, FakeNode.release(2), false);
  private static final Instant NOW = Instant.parse("2026-11-08T09:00:00Z");

  private final Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Lifecycle lifecycle;

  LifecycleTest(@TempDir Path directory) {
    this.directory = directory.resolve("own");
    lifecycle = lifecycle(new Serving(ONE));
  }

  private Lifecycle lifecycle(InstanceLifecycle initial) {
    var file = StateFile.open(directory, HydraJson.mapper());
    return new Lifecycle(file, initial, meters, () -> {});
  }

  private boolean go(Lifecycle.Snapshot seen, InstanceLifecycle next) {
    return lifecycle.transition(seen, next, Optional.empty());
  }

  @Test
  void givenAStateThatHasChanged_thenALateTransitionIsRefused() {
    var seen = lifecycle.snapshot();
    var draining = new Serving(ONE).drain(TO_TWO, NOW, Holding.LOADED);
    assertThat(go(seen, draining)).isTrue();

    assertThat(go(seen, new Serving(FakeNode.release(3)))).isFalse();

    assertThat(lifecycle.snapshot().state()).isEqualTo(draining);
  }

  @Test
  void givenATransition_thenItIsCounted() {
    go(lifecycle.snapshot(), new Serving(ONE).drain(TO_TWO, NOW, Holding.LOADED));

    assertThat(meters.counter("hydra.appman.transitions", "from", "SERVING", "to", "DRAINING"))
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
  }

  @Test
  void givenATransition_thenTheNextAppManBeginsFromIt() {
    go(lifecycle.snapshot(), new Serving(ONE).drain(TO_TWO, NOW, Holding.LOADED));

    var saved = StateFile.open(directory, HydraJson.mapper()).read();
    var later = NOW.plusSeconds(60);

    assertThat(new Restart(release -> true, release -> true).from(saved, later))
        .isEqualTo(new Serving(ONE).drain(TO_TWO, later, Holding.LOADED));
  }

  @Test
  void givenAReloadThatWasCutOff_thenTheNextAppManDrainsAndTrustsNothing() {
    var reloading = new Serving(ONE).drain(TO_TWO, NOW, Holding.LOADED).reload();
    go(lifecycle.snapshot(), reloading);

    var saved = StateFile.open(directory, HydraJson.mapper()).read();

    assertThat(new Restart(release -> true, release -> true).from(saved, NOW))
        .isEqualTo(new Serving(ONE).drain(TO_TWO, NOW, Holding.UNKNOWN));
  }

  @Test
  void givenServedDataThatIsGone_thenTheNextAppManWaits() {
    go(lifecycle.snapshot(), new Serving(ONE));
    var saved = StateFile.open(directory, HydraJson.mapper()).read();

    assertThat(new Restart(release -> false, release -> true).from(saved, NOW))
        .isEqualTo(new Waiting(Optional.of(ONE)));
  }

  @Test
  void givenADiskThatFails_thenNoTrafficIsGivenUpButReturningToItGoesOn() throws IOException {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
    var draining = new Serving(ONE).drain(TO_TWO, NOW, Holding.LOADED);

    assertThatThrownBy(() -> go(lifecycle.snapshot(), draining)).isInstanceOf(HydraException.class);
    assertThat(lifecycle.snapshot().state()).isEqualTo(new Serving(ONE));
    assertThat(go(lifecycle.snapshot(), new Serving(FakeNode.release(2)))).isTrue();
  }
}
