package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.fakes.Dataset;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RamMendingTest {
  private static final int SIZE = 900_001;
  private static final int BUFFER = 256 * 1024;

  private final Dataset dataset =
      Dataset.random("dataset", 81, Map.of("d/large", SIZE, "empty", 0, "small", 10));
  private final CommittedContent content =
      CommittedContent.of(
          dataset.digest(), dataset.manifest().files().stream().map(RamMendingTest::of).toList());
  private final Path disk;
  private final Path copy;
  private final RamRoot ram;

  RamMendingTest(@TempDir Path directory) throws IOException {
    disk = directory.resolve("disk");
    ram = new RamRoot(directory.resolve("ram"));
    copy = directory.resolve("ram").resolve(dataset.digest().hex());
  }

  @BeforeEach
  void placed() throws IOException {
    Files.createDirectories(disk.resolve("d"));
    for (var file : dataset.files().entrySet()) {
      Files.write(disk.resolve(file.getKey()), file.getValue());
    }
    ram.open();
    assertThat(ram.place(new ContentDirectory(disk), content, _ -> {})).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BUFFER - 1, BUFFER, 2 * BUFFER, SIZE - 1})
  void givenAWrongByteThenItIsRightAgainAlsoForWhoHasMappedTheFile(int place) throws IOException {
    var mapped = map(copy.resolve("d/large"));
    overwrite(copy.resolve("d/large"), place, (byte) (mapped.get(place) ^ 1));
    var seenWrong = mapped.get(place);

    assertThat(mend()).isEqualTo(new Mended.Whole());

    assertThat(mapped.get(place)).isNotEqualTo(seenWrong);
    assertSame(copy);
  }

  @Test
  void givenAllBytesWrongThenAllAreRight() throws IOException {
    overwrite(copy.resolve("d/large"), 0, new byte[SIZE]);
    overwrite(copy.resolve("small"), 0, new byte[10]);

    assertThat(mend()).isEqualTo(new Mended.Whole());

    assertSame(copy);
  }

  @Test
  void givenAMendedFileThenNobodyCanWriteIt() throws IOException {
    overwrite(copy.resolve("small"), 3, (byte) 0, (byte) 0);

    assertThat(mend()).isEqualTo(new Mended.Whole());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("small"))))
        .isEqualTo("r--r--r--");
  }

  @Test
  void givenAnotherSizeThenItIsHopelessAndLeftAsItIs() throws IOException {
    Files.setPosixFilePermissions(copy.resolve("small"), Trees.OPEN_FILE);
    Files.write(copy.resolve("small"), new byte[3]);

    assertThat(mend()).isEqualTo(new Mended.Hopeless("file 'small' has 3 bytes, not 10"));
    assertThat(copy.resolve("small")).hasSize(3);
  }

  @Test
  void givenACopyThatIsGoneThenItIsHopeless() throws IOException {
    Trees.remove(copy);

    assertThat(mend()).isEqualTo(new Mended.Hopeless("its directory is missing"));
  }

  /** Another try would find it as it is: the copy has to be made anew. */
  @Test
  void givenMemoryThatGivesNoBytesThenItIsAFailureOfTheCopyAndNotOfTheDisk() throws IOException {
    // There is nothing at the address 0, and Linux says EIO, as of a page that failed (hwpoison).
    try (var from = FileChannel.open(disk.resolve("small"));
        var to = FileChannel.open(Path.of("/proc/self/mem"))) {
      var file = content.files().stream().filter(f -> f.path().equals("small")).findFirst();
      var proven = ProvenPieces.of(from, file.orElseThrow()).orElseThrow();
      assertThatThrownBy(() -> RamMending.overwrite(from, to, proven, 10))
          .isInstanceOf(RamMending.CopyFailure.class)
          .hasMessage("cannot be read: Input/output error");
    }
  }

  @Test
  void givenADiskThatGivesOtherBytesThanWereProvenThenNoneOfThemIsWritten() throws IOException {
    var file = content.files().stream().filter(f -> f.path().equals("d/large")).findFirst();
    Files.setPosixFilePermissions(copy.resolve("d/large"), Trees.OPEN_FILE);
    try (var from = FileChannel.open(disk.resolve("d/large"));
        var to =
            FileChannel.open(
                copy.resolve("d/large"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var proven = ProvenPieces.of(from, file.orElseThrow()).orElseThrow();
      var right = Files.readAllBytes(disk.resolve("d/large"))[BUFFER + 7];
      overwrite(disk.resolve("d/large"), BUFFER + 7, (byte) (right ^ 1));

      assertThat(RamMending.overwrite(from, to, proven, SIZE)).isFalse();
    }

    assertSame(copy);
  }

  @Test
  void givenDamageOnDiskTooThenNothingIsTakenFromThere() throws IOException {
    overwrite(copy.resolve("d/large"), 5, (byte) 0, (byte) 0, (byte) 0);
    overwrite(disk.resolve("d/large"), 500_000, (byte) 0, (byte) 0, (byte) 0);
    var before = Files.readAllBytes(copy.resolve("d/large"));

    assertThat(mend())
        .isEqualTo(new Mended.DamagedOnDisk("file 'd/large' is not what was committed"));
    assertThat(copy.resolve("d/large")).hasBinaryContent(before);
  }

  @Test
  void givenDamageOnDiskOfAnotherFileThenTheCopyIsMendedAllTheSame() throws IOException {
    overwrite(copy.resolve("small"), 5, (byte) 0, (byte) 0);
    Files.delete(disk.resolve("d/large"));

    assertThat(mend()).isEqualTo(new Mended.Whole());

    assertSame(copy);
  }

  private Mended mend() throws IOException {
    return ram.mend(new ContentDirectory(disk), content);
  }

  private void assertSame(Path where) {
    dataset
        .files()
        .forEach((path, bytes) -> assertThat(where.resolve(path)).hasBinaryContent(bytes));
  }

  private static void overwrite(Path file, int place, byte... wrong) throws IOException {
    Files.setPosixFilePermissions(file, Trees.OPEN_FILE);
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(Arrays.copyOf(wrong, wrong.length)), place);
    }
    Files.setPosixFilePermissions(file, Trees.SEALED_FILE);
  }

  private static MappedByteBuffer map(Path file) throws IOException {
    try (var in = FileChannel.open(file)) {
      return in.map(MapMode.READ_ONLY, 0, in.size());
    }
  }

  private static CommittedFile of(ManifestFile file) {
    return new CommittedFile(file.path(), file.size(), file.checksums().getFirst());
  }
}
