package io.hydra.docto.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.layout.NodeLayout;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.HydraJson;
import io.hydra.wire.NodeDesired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesiredStateTest {
  private final NodeLayout layout;

  DesiredStateTest(@TempDir Path directory) {
    this.layout = new NodeLayout(directory, Optional.empty());
  }

  @Test
  void givenAnOlderEpochThenTheNewestOrderStays() {
    var state = state();
    assertThat(state.offer(order(5))).isTrue();

    assertThat(state.offer(order(4))).isFalse();

    assertThat(state.newest()).contains(order(5));
  }

  @Test
  void givenTheSameEpochThenItIsTakenUpAnew() {
    var state = state();
    state.offer(new NodeDesired(5, false, List.of(), List.of(), List.of()));

    assertThat(state.offer(order(5))).isTrue();

    assertThat(state.newest()).contains(order(5));
  }

  @Test
  void givenARestartThenTheOrderIsKnownButGivesNoLeaveToRemove() throws IOException {
    state().offer(order(5));

    var restarted = state();
    restarted.load();

    assertThat(restarted.newest())
        .contains(new NodeDesired(5, false, List.of(), order(5).retain(), List.of()));
  }

  @Test
  void givenARestartThenBudgetsHold() throws IOException {
    var budget = new Budget(Optional.of(7L), Optional.empty());
    var claims =
        List.of(new ChannelClaim(ChannelId.parse("prod/search/searcher"), budget, List.of()));
    state().offer(new NodeDesired(5, true, List.of(), List.of(), List.of(), claims));

    var restarted = state();
    restarted.load();

    assertThat(restarted.newest().orElseThrow().claims()).isEqualTo(claims);
  }

  @Test
  void givenARestartThenAnOlderEpochIsStillRefused() throws IOException {
    state().offer(order(5));
    var restarted = state();
    restarted.load();

    assertThat(restarted.offer(order(4))).isFalse();
  }

  @Test
  void givenADamagedFileThenItIsIgnored() throws IOException {
    Files.createDirectories(layout.state());
    Files.writeString(layout.state().resolve("desired.json"), "{\"epoch\":");
    var state = state();

    state.load();

    assertThat(state.newest()).isEmpty();
  }

  @Test
  void givenADiskThatWasFullThenTheOrderIsKeptOnceThereIsRoom() throws IOException {
    Files.createFile(layout.state());
    var state = state();
    assertThat(state.offer(order(5))).isTrue();

    Files.delete(layout.state());
    state.keep();

    var restarted = state();
    restarted.load();
    assertThat(restarted.epoch()).isEqualTo(5);
  }

  private DesiredState state() {
    return new DesiredState(new DesiredFile(layout, HydraJson.mapper()));
  }

  private static NodeDesired order(long epoch) {
    return new NodeDesired(epoch, true, List.of(), List.of(Digest.of("a".repeat(64))), List.of());
  }
}
