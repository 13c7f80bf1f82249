package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
  private static final Digest DIGEST = Digest.sha256(new byte[] {1});
  private static final Checksum HELLO = new Checksum(Checksum.Algorithm.CRC32, "3610a686");

  private final NodeLayout layout;
  private final ContentStore store;
  private final List<CommittedFile> committed = new ArrayList<>();
  private final List<Path> synced = new ArrayList<>();

  /** Whether the content was visible, at each call. */
  private final List<Boolean> finished = new ArrayList<>();

  DurabilityTest(@TempDir Path directory) throws IOException {
    layout = new NodeLayout(directory.resolve("root"), Optional.empty());
    store = new ContentStore(layout, HydraJson.mapper());
    store.open();
  }

  @Test
  void givenManyFilesThenTheFileSystemIsWrittenOutOnceBeforeTheyAreVisible() throws IOException {
    commit(staged(Durability.MANY), new Durability(Optional.of(answering(true)), this::sync));

    assertThat(finished).containsExactly(false);
    assertThat(synced).isEmpty();
    assertThat(layout.store(DIGEST)).isDirectory();
  }

  @Test
  void givenFewFilesThenEachIsSyncedAndItsDirectoryBehind() throws IOException {
    commit(staged(2), new Durability(Optional.of(answering(true)), this::sync));

    assertThat(finished).isEmpty();
    assertThat(synced)
        .map(content()::relativize)
        .map(Path::toString)
        .containsExactly("d/f0", "d/f1", "d", "");
  }

  @Test
  void givenAnEarlierProcessThenEachIsSynced() throws IOException {
    commit(staged(Durability.MANY), new Durability(Optional.empty(), this::sync));

    assertThat(synced).hasSize(Durability.MANY + 2);
  }

  @Test
  void givenTheKernelRefusesThenEachIsSynced() throws IOException {
    commit(staged(Durability.MANY), new Durability(Optional.of(answering(false)), this::sync));

    assertThat(finished).hasSize(1);
    assertThat(synced).hasSize(Durability.MANY + 2);
  }

  @Test
  void givenALostWriteThenNothingBecomesVisible() throws IOException {
    var proven = staged(Durability.MANY);

    assertThatThrownBy(() -> commit(proven, new Durability(Optional.of(failing()), this::sync)))
        .isInstanceOf(NotDurable.class)
        .hasMessageContaining("lost");
    assertThat(layout.store(DIGEST)).doesNotExist();
    assertThat(synced).isEmpty();
  }

  @Test
  void givenAFileThatCannotBeSyncedThenNothingBecomesVisible() throws IOException {
    var proven = staged(1);

    assertThatThrownBy(
            () ->
                commit(
                    proven,
                    new Durability(
                        Optional.empty(),
                        path -> {
                          throw new IOException("Input/output error");
                        })))
        .isInstanceOf(NotDurable.class)
        .hasMessageContaining("Input/output error");
    assertThat(layout.store(DIGEST)).doesNotExist();
  }

  @Test
  void givenAFileThatIsShorterThanWhatWasProvenThenNothingBecomesVisible() throws IOException {
    var proven = staged(2);
    Files.writeString(proven.resolve("d/f1"), "hell");

    assertThatThrownBy(() -> commit(proven, Durability.ofEach()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("d/f1");
    assertThat(layout.store(DIGEST)).doesNotExist();
  }

  private Path staged(int files) throws IOException {
    Files.createDirectories(content().resolve("d"));
    for (int i = 0; i < files; i++) {
      Files.writeString(content().resolve("d/f" + i), "hello");
      committed.add(new CommittedFile("d/f" + i, 5, HELLO));
    }
    return content();
  }

  private Path content() {
    return layout.staging(DIGEST).resolve("content");
  }

  private void commit(Path proven, Durability durability) throws IOException {
    store.commit(DIGEST, proven, committed, durability);
  }

  private void sync(Path path) {
    assertThat(layout.store(DIGEST)).doesNotExist();
    synced.add(path);
  }

  private WriteBack answering(boolean done) {
    return new FakeWriteBack() {
      @Override
      public boolean finish() {
        finished.add(Files.exists(layout.store(DIGEST)));
        return done;
      }
    };
  }

  private static WriteBack failing() {
    return new FakeWriteBack() {
      @Override
      public boolean finish() throws IOException {
        throw new IOException("a write was lost");
      }
    };
  }

  private abstract static class FakeWriteBack implements WriteBack {
    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
