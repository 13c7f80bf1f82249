package io.hydra.docto.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.place.ContentDirectory;
import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyReaderTest {
  private static final int KIB = 1024;
  private static final long PACE = 20L << 20;

  private final Path directory;
  private final ContentDirectory content;
  private final Pieces pieces = new Pieces();
  private final CopyReader reader = new CopyReader(PACE, ByteBuffer::allocateDirect);

  CopyReaderTest(@TempDir Path directory) {
    this.directory = directory;
    this.content = new ContentDirectory(directory);
  }

  /** Lengths about those of blocks and of what is read at once. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        4095,
        4096,
        4097,
        64 * KIB,
        256 * KIB - 1,
        256 * KIB,
        256 * KIB + 1,
        3000 * KIB + 7
      })
  void givenAFileOfAnyLengthThenItIsProvenByAllItsBytes(int length)
      throws IOException, InterruptedException {
    for (var medium : Medium.values()) {
      pieces.read.clear();

      assertThat(prove(file(length), medium)).isEqualTo(new Proof.Sound());

      assertThat(pieces.read.stream().mapToLong(Long::longValue).sum()).isEqualTo(length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenOneWrongBitThenTheFileIsWrong(Medium medium) throws IOException, InterruptedException {
    var file = file(2000 * KIB + 3);
    var bytes = Files.readAllBytes(directory.resolve("f"));
    for (int place : new int[] {0, 600_000, bytes.length - 1}) {
      bytes[place] ^= 16;
      Files.write(directory.resolve("f"), bytes);

      assertThat(prove(file, medium))
          .isEqualTo(new Proof.Wrong("file 'f' is not what was committed"));

      bytes[place] ^= 16;
    }
  }

  @Test
  void givenAnotherLengthThenItIsWrongWithoutReading() throws IOException, InterruptedException {
    var file = file(1000);
    Files.write(directory.resolve("f"), new byte[999]);

    assertThat(prove(file, Medium.DISK))
        .isEqualTo(new Proof.Wrong("file 'f' has 999 bytes, not 1000"));
    assertThat(pieces.read).isEmpty();
  }

  @Test
  void givenAFileThatIsGoneThenItIsWrong() throws IOException, InterruptedException {
    var file = file(1000);
    Files.delete(directory.resolve("f"));

    assertThat(prove(file, Medium.DISK)).isEqualTo(new Proof.Wrong("file 'f' is missing"));
  }

  @Test
  void givenAFileThatBecomesShorterMeanwhileThenThatSaysNothingYet() throws IOException {
    var file = file(2000 * KIB);
    pieces.after(1, () -> Files.write(directory.resolve("f"), new byte[100 * KIB]));

    assertThatThrownBy(() -> prove(file, Medium.DISK))
        .isInstanceOf(IOException.class)
        .hasMessage("a file became shorter while it was read");
  }

  @Test
  void givenALinkThenItIsNotFollowed() throws IOException {
    var file = file(1000);
    Files.move(directory.resolve("f"), directory.resolve("g"));
    Files.createSymbolicLink(directory.resolve("f"), directory.resolve("g"));

    assertThatThrownBy(() -> prove(file, Medium.DISK)).isInstanceOf(IOException.class);
  }

  @Test
  void givenTheFileIsOfNoInterestAnyMoreThenItIsLeft() throws IOException, InterruptedException {
    pieces.most = 2;

    assertThat(prove(file(2000 * KIB), Medium.DISK)).isEqualTo(new Proof.Abandoned());
    assertThat(pieces.read).hasSize(2);
  }

  @Test
  void givenASlowPaceThenPiecesAreSmall() throws IOException, InterruptedException {
    assertThat(
            new CopyReader(1, ByteBuffer::allocateDirect)
                .prove(content, file(200 * KIB), Medium.DISK, pieces))
        .isEqualTo(new Proof.Sound());

    assertThat(pieces.read).containsExactly(64L * KIB, 64L * KIB, 64L * KIB, 8L * KIB);
  }

  /** Whether the file system takes it or not. */
  @Test
  void givenAFileSystemInMemoryThenTheFileIsProven() throws IOException, InterruptedException {
    var memory = Path.of("/dev/shm");
    assumeThat(memory).isDirectory();
    var there = Files.createTempDirectory(memory, "hydra");
    try {
      var bytes = new byte[700 * KIB + 1];
      Files.write(there.resolve("f"), bytes);

      assertThat(reader.prove(new ContentDirectory(there), committed(bytes), Medium.DISK, pieces))
          .isEqualTo(new Proof.Sound());
    } finally {
      Files.deleteIfExists(there.resolve("f"));
      Files.delete(there);
    }
  }

  @Test
  void givenAStopWhileItReadsThenItEndsSo() throws IOException {
    var file = file(2000 * KIB);
    pieces.after(1, () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> prove(file, Medium.DISK)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private Proof prove(CommittedFile file, Medium medium) throws IOException, InterruptedException {
    return reader.prove(content, file, medium, pieces);
  }

  private CommittedFile file(int length) throws IOException {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Files.write(directory.resolve("f"), bytes);
    return committed(bytes);
  }

  private static CommittedFile committed(byte[] bytes) {
    return new CommittedFile(
        "f", bytes.length, new Checksum(Algorithm.SHA256, Digest.sha256(bytes).hex()));
  }

  /** Notes what is read, and does something in between. */
  private static final class Pieces implements CopyReader.Leave {
    interface Event {
      void happen() throws IOException;
    }

    final List<Long> read = new ArrayList<>();
    int most = Integer.MAX_VALUE;
    private int when = -1;
    private Event event = () -> {};

    void after(int pieces, Event what) {
      when = pieces;
      event = what;
    }

    @Override
    public boolean mayRead() {
      return read.size() < most;
    }

    @Override
    public void hasClosed(CommittedFile file) {
      throw new AssertionError("that is not told by who reads");
    }

    @Override
    public void hasRead(long bytes) {
      read.add(bytes);
      if (read.size() == when) {
        try {
          event.happen();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
