package io.hydra.docto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.verify.FileVerifier.PartSums;
import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import io.hydra.model.ManifestFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileVerifierTest {
  private static final int PART = 1000;
  private final byte[] bytes = new byte[3500];

  FileVerifierTest() {
    new Random(1).nextBytes(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void givenOneBitFlippedThenEveryAlgorithmFindsIt(Algorithm algorithm) throws IOException {
    var file = file(List.of(new Checksum(algorithm, hexOf(algorithm))));
    assertThat(verify(file)).isInstanceOf(Verdict.Proven.class);

    bytes[1700] ^= 16;

    assertThat(verify(file)).isInstanceOf(Verdict.WrongContent.class);
  }

  @Test
  void givenNoChecksumThenSha256IsComputedAllTheSame() throws IOException {
    assertThat(verify(file(List.of()))).isEqualTo(new Verdict.Proven(Digest.sha256(bytes).hex()));
  }

  @Test
  void givenAnotherLengthThenTheContentIsWrong() throws IOException {
    var longer = new ManifestFile("f", bytes.length + 1, "e", Optional.empty(), List.of());

    assertThat(FileVerifier.verify(new ByteArrayInputStream(bytes), longer))
        .isInstanceOf(Verdict.WrongContent.class);
  }

  @Test
  void givenAPartThatTheDiskChangedThenOnlyThatPartIsDamaged() throws IOException {
    var sums = sums();
    bytes[2100] ^= 1;

    assertThat(FileVerifier.verify(new ByteArrayInputStream(bytes), file(List.of()), sums))
        .isEqualTo(new Verdict.DamagedParts(List.of(2)));
  }

  @Test
  void givenAFileThatEndsEarlyThenItsLastPartsAreDamaged() throws IOException {
    var half = new ByteArrayInputStream(bytes, 0, 2000);

    assertThat(FileVerifier.verify(half, file(List.of()), sums()))
        .isEqualTo(new Verdict.DamagedParts(List.of(2, 3)));
  }

  @Test
  void givenUpperCaseChecksumThenItCounts() throws IOException {
    var upper = Digest.sha256(bytes).hex().toUpperCase(Locale.ROOT);

    assertThat(verify(file(List.of(new Checksum(Algorithm.SHA256, upper)))))
        .isInstanceOf(Verdict.Proven.class);
  }

  private Verdict verify(ManifestFile file) throws IOException {
    return FileVerifier.verify(new ByteArrayInputStream(bytes), file, sums());
  }

  /** As after a fetch that received the bytes as they are now. */
  private PartSums sums() {
    var sums = new ArrayList<Integer>();
    for (int at = 0; at < bytes.length; at += PART) {
      var crc = new CRC32();
      crc.update(bytes, at, Math.min(PART, bytes.length - at));
      sums.add((int) crc.getValue());
    }
    return new PartSums(PART, sums);
  }

  private ManifestFile file(List<Checksum> checksums) {
    return new ManifestFile("f", bytes.length, "e", Optional.empty(), checksums);
  }

  private String hexOf(Algorithm algorithm) {
    var hasher = Hasher.of(algorithm);
    hasher.update(bytes, 0, bytes.length);
    return hasher.hex();
  }
}
