package io.hydra.appman.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.appman.support.FakeNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.Fault;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final SavedState FULL =
      new SavedState(
          7,
          InstanceState.DRAINING,
          Optional.of(FakeNode.release(1)),
          Optional.of(new Move(7, FakeNode.release(2), true)),
          Optional.of(Holding.RELEASED),
          Optional.of(
              new Setback(
                  FakeNode.release(3).ref(), 5, new Fault(ErrorCode.RELOAD_FAILED, "it did"))),
          Optional.of(
              new SavedState.SavedChild(
                  42, Instant.parse("2026-11-08T09:00:00Z"), FakeNode.release(1).ref())));

  private final Path directory;

  StateFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private StateFile open() {
    return StateFile.open(directory, HydraJson.mapper());
  }

  @Test
  void givenAChange_thenTheNextAppManReadsIt() {
    open().change(state -> FULL);

    assertThat(open().read()).isEqualTo(FULL);
  }

  @Test
  void givenNothing_thenItIsTheFirstState() {
    assertThat(open().read()).isEqualTo(SavedState.FIRST);
  }

  @Test
  void givenGarbage_thenItIsPutAside() throws IOException {
    Files.writeString(directory.resolve("state.json"), "{\"epoch\": 3, \"served\": ");

    assertThat(open().read()).isEqualTo(SavedState.FIRST);
    assertThat(directory.resolve("state.json.unreadable")).exists();
  }

  @Test
  void givenADirectoryThatIsGone_thenTheChangeFailsAndNothingHasChanged() throws IOException {
    var file = StateFile.open(directory.resolve("own"), HydraJson.mapper());
    Files.delete(directory.resolve("own"));

    assertThatThrownBy(() -> file.change(state -> FULL))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    assertThat(file.read()).isEqualTo(SavedState.FIRST);
  }
}
