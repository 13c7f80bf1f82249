package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.StorageConfig;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSpaceTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final Digest B = Digest.of("b".repeat(64));
  private static final long LIMIT = 1000;

  private final NodeLayout layout;
  private final NodeSpace space;

  /** Both kinds of space are limited to the same. */
  private record Limited(Path root, Optional<Path> ramRoot) implements StorageConfig {
    @Override
    public Optional<ByteSize> ramCapacity() {
      return Optional.of(new ByteSize(LIMIT));
    }

    @Override
    public Optional<ByteSize> diskCapacity() {
      return Optional.of(new ByteSize(LIMIT));
    }

    @Override
    public Optional<ByteSize> diskReserve() {
      return Optional.of(new ByteSize(0));
    }

    @Override
    public boolean removeData() {
      return false;
    }
  }

  NodeSpaceTest(@TempDir Path directory) throws IOException {
    layout = new NodeLayout(directory.resolve("root"), Optional.of(directory.resolve("ram")));
    space = new NodeSpace(layout, new Limited(layout.root(), layout.ramRoot()));
    Files.createDirectories(layout.root());
    Files.createDirectories(directory.resolve("ram"));
  }

  @Test
  void givenAContentInTheStoreAndOneInStagingThenBothCount() throws IOException {
    write(layout.store(A).resolve("d/f"), 300);
    write(layout.staging(B).resolve("content/f"), 100);

    space.look(A);
    space.look(B);

    assertThat(space.disk().free()).isEqualTo(LIMIT - 400);
    assertThat(space.ram().orElseThrow().free()).isEqualTo(LIMIT);
  }

  @Test
  void givenACopyInRamThenItCountsThere() throws IOException {
    write(layout.ram(A).orElseThrow().resolve("f"), 300);

    space.look(A);

    assertThat(space.disk().free()).isEqualTo(LIMIT);
    assertThat(space.ram().orElseThrow().free()).isEqualTo(LIMIT - 300);
  }

  @Test
  void givenBytesThatAreBeingWrittenThenTheyCountAtOnce() throws IOException {
    space.writtenToDisk(A, 70);
    space.writtenToDisk(A, 30);
    space.writtenToRam(A, 50);

    assertThat(space.disk().free()).isEqualTo(LIMIT - 100);
    assertThat(space.ram().orElseThrow().free()).isEqualTo(LIMIT - 50);
  }

  @Test
  void givenARemovalThatLeftSomethingThenThatStillCounts() throws IOException {
    write(layout.staging().resolve(".trash-" + A.hex() + "-1/f"), 40);
    write(layout.ramRoot().orElseThrow().resolve(".staging-" + A.hex() + "/f"), 60);

    space.look(A);

    assertThat(space.disk().free()).isEqualTo(LIMIT - 40);
    assertThat(space.ram().orElseThrow().free()).isEqualTo(LIMIT - 60);
  }

  @Test
  void givenNoOperationThenMeasuringLooksAtNoFile() throws IOException {
    write(layout.store(A).resolve("f"), 300);
    space.look(A);

    Files.delete(layout.store(A).resolve("f"));

    assertThat(space.disk().free()).isEqualTo(LIMIT - 300);
  }

  @Test
  void givenNotesOfOurOwnThenTheyDoNotCount() throws IOException {
    write(layout.state().resolve("committed").resolve(A.hex() + ".json"), 300);

    space.look(A);

    assertThat(space.disk().free()).isEqualTo(LIMIT);
  }

  private static void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
