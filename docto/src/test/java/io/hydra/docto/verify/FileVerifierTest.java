package io.hydra.docto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileVerifierTest {
  private static final int PART = 1000;
  private final byte[] bytes = new byte[3500];
  private final Path path;

  FileVerifierTest(@TempDir Path directory) {
    path = directory.resolve("f");
    new Random(1).nextBytes(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void givenOneBitFlippedOnTheWayThenEveryAlgorithmFindsIt(Algorithm algorithm) throws IOException {
    var file = file(checksum(algorithm));
    assertThat(received(file)).isEqualTo(new Verdict.Proven(checksum(algorithm)));

    bytes[1700] ^= 16;

    assertThat(received(file)).isInstanceOf(Verdict.WrongContent.class);
    assertThat(byBytes(file)).isInstanceOf(Verdict.WrongContent.class);
  }

  @Test
  void givenNoChecksumThenOneOfOursIsComputedAllTheSame() throws IOException {
    var proven = new Verdict.Proven(checksum(Algorithm.CRC32));

    assertThat(received(file())).isEqualTo(proven);
    assertThat(byBytes(file())).isEqualTo(proven);
  }

  @Test
  void givenSeveralChecksumsThenAllAreComparedAndTheStrongestIsKept() throws IOException {
    var sha256 = checksum(Algorithm.SHA256);
    var crc32 = checksum(Algorithm.CRC32);
    var wrong = new Checksum(Algorithm.CRC32, "00000000");

    assertThat(received(file(crc32, sha256))).isEqualTo(new Verdict.Proven(sha256));
    assertThat(received(file(wrong, sha256)))
        .isEqualTo(
            new Verdict.WrongContent(
                "file 'f' has CRC32 %s, its manifest says 00000000".formatted(crc32.hex())));
  }

  @Test
  void givenAnotherLengthThenTheContentIsWrong() throws IOException {
    var sums = sums(file(), _ -> false);
    Files.write(path, Arrays.copyOf(bytes, bytes.length + 1));

    assertThat(verify(file(), sums)).isInstanceOf(Verdict.WrongContent.class);
  }

  @Test
  void givenUncertainPartsThenThoseThatTheDiskChangedAreDamaged() throws IOException {
    var sums = sums(file(), _ -> true);
    bytes[2100] ^= 1;
    Files.write(path, bytes);

    assertThat(verify(file(), sums)).isEqualTo(new Verdict.DamagedParts(List.of(2)));
  }

  @Test
  void givenUncertainPartsThatTheDiskKeptThenTheFileIsProven() throws IOException {
    Files.write(path, bytes);

    assertThat(verify(file(), sums(file(), _ -> true)))
        .isEqualTo(new Verdict.Proven(checksum(Algorithm.CRC32)));
  }

  @Test
  void givenAChecksumOfAllBytesThenTheDamagedPartIsFoundAllTheSame() throws IOException {
    var file = file(checksum(Algorithm.MD5));
    var sums = sums(file, part -> part == 3);
    bytes[3400] ^= 1;
    Files.write(path, bytes);

    assertThat(verify(file, sums)).isEqualTo(new Verdict.DamagedParts(List.of(3)));
  }

  @Test
  void givenPartsOfThisRunThenTheirBytesAreNotReadAgain() throws IOException {
    var sums = sums(file(), part -> part != 2);
    bytes[2100] ^= 1;
    Files.write(path, bytes);

    assertThat(verify(file(), sums)).isInstanceOf(Verdict.Proven.class);
  }

  /** Of a plain upload to a server that states a CRC, too. */
  @Test
  void givenAnMd5BesideACrcThenItsPartsProveIt_andWithoutOneTheyDoNot() {
    var crc = checksum(Algorithm.CRC64NVME);

    assertThat(FileVerifier.provesByParts(file(crc, checksum(Algorithm.MD5)))).isTrue();
    assertThat(FileVerifier.provesByParts(file(checksum(Algorithm.MD5)))).isFalse();
    assertThat(FileVerifier.provesByParts(file(crc, checksum(Algorithm.SHA256)))).isFalse();
  }

  @Test
  void givenAnMd5BesideACrcThenTheCrcDecidesOfWhatWasReceived_andBothOfWhatIsRead()
      throws IOException {
    var file = file(checksum(Algorithm.CRC64NVME), new Checksum(Algorithm.MD5, "00"));

    assertThat(received(file)).isEqualTo(new Verdict.Proven(checksum(Algorithm.CRC64NVME)));
    assertThat(FileVerifier.verify(file, sums(file, _ -> false)))
        .isEqualTo(new Verdict.Proven(checksum(Algorithm.CRC64NVME)));
    assertThat(byBytes(file)).isInstanceOf(Verdict.WrongContent.class);

    bytes[1700] ^= 16;

    assertThat(received(file)).isInstanceOf(Verdict.WrongContent.class);
  }

  @Test
  void givenAFileThatEndsEarlyThenItsLastPartsAreDamaged() throws IOException {
    var sums = sums(file(), _ -> false);
    Files.write(path, Arrays.copyOf(bytes, 2000));

    assertThat(verify(file(), sums)).isEqualTo(new Verdict.DamagedParts(List.of(2, 3)));
  }

  @Test
  void givenUpperCaseChecksumThenItCounts() throws IOException {
    var upper =
        new Checksum(Algorithm.SHA256, checksum(Algorithm.SHA256).hex().toUpperCase(Locale.ROOT));

    assertThat(received(file(upper))).isInstanceOf(Verdict.Proven.class);
  }

  @Test
  void givenAChecksumThenAFileHasItOrNot() throws IOException {
    var checksum = checksum(Algorithm.CRC64NVME);
    assertThat(has(checksum)).isTrue();

    bytes[0] ^= 1;

    assertThat(has(checksum)).isFalse();
  }

  /** As after a fetch in this run that received the bytes as they are now. */
  private Verdict received(ManifestFile file) throws IOException {
    Files.write(path, bytes);
    return verify(file, sums(file, _ -> false));
  }

  private Verdict verify(ManifestFile file, List<PartSum> sums) throws IOException {
    try (var in = FileChannel.open(path)) {
      return FileVerifier.verify(in, file, sums);
    }
  }

  private Verdict byBytes(ManifestFile file) throws IOException {
    Files.write(path, bytes);
    try (var in = FileChannel.open(path)) {
      return FileVerifier.verify(in, file);
    }
  }

  private boolean has(Checksum checksum) throws IOException {
    Files.write(path, bytes);
    try (var in = FileChannel.open(path)) {
      return FileVerifier.has(in, checksum);
    }
  }

  private List<PartSum> sums(ManifestFile file, IntPredicate uncertain) {
    var sums = new ArrayList<PartSum>();
    for (int at = 0; at < bytes.length; at += PART) {
      int length = Math.min(PART, bytes.length - at);
      var sum = Crc.of(file).begin();
      sum.update(bytes, at, length);
      int index = at / PART;
      sums.add(new PartSum(index, at, length, sum.getValue(), uncertain.test(index)));
    }
    return sums;
  }

  private ManifestFile file(Checksum... checksums) {
    return new ManifestFile("f", bytes.length, "e", Optional.empty(), List.of(checksums));
  }

  private Checksum checksum(Algorithm algorithm) {
    var hasher = Hasher.of(algorithm);
    hasher.update(bytes, 0, bytes.length);
    return new Checksum(algorithm, hasher.hex());
  }
}
