package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.ManifestFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DirectIoTest {
  private static final long MIB = 1 << 20;
  private static final DirectIo IO = new DirectIo(4096);

  @ParameterizedTest
  @CsvSource({
    "0, 8192, true",
    "4096, 4096, true",
    "2097152, 1, true",
    "0, 8000, false",
    "6000, 8192, false",
    "8000, 192, false"
  })
  void givenAPartThenOnlyOneThatSharesNoBlockSuits(long offset, long length, boolean suits) {
    assertThat(IO.suits(new Part(0, 0, offset, length), file(2 * MIB + 1))).isEqualTo(suits);
  }

  @Test
  void givenASmallFileThenItIsNotWorthWhile() {
    assertThat(DirectIo.suits(file(MIB - 1))).isFalse();
    assertThat(DirectIo.suits(file(MIB))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void givenAFileThatIsReadAgainToBeProvenThenItStaysInThePageCache(Algorithm algorithm) {
    boolean byParts =
        switch (algorithm) {
          case CRC64NVME, CRC32C, CRC32 -> true;
          case SHA256, SHA1, MD5 -> false;
        };

    assertThat(DirectIo.suits(file(MIB, new Checksum(algorithm, "00")))).isEqualTo(byParts);
  }

  @Test
  void givenBytesThenThoseOfWholeBlocks() {
    assertThat(IO.blocksOf(4095, 0)).isZero();
    assertThat(IO.blocksOf(3 * 4096 + 1, 0)).isEqualTo(3 * 4096);
    assertThat(IO.blocksOf(200_000, 5_001)).as("where an earlier write has ended").isZero();
  }

  @Test
  void givenADirectoryThatIsNotThereThenItIsNotPossible(@TempDir Path directory) {
    assertThat(DirectIo.probe(directory.resolve("no/probe"))).isEmpty();
  }

  private static ManifestFile file(long size, Checksum... checksums) {
    return new ManifestFile("f", size, "e", Optional.empty(), List.of(checksums));
  }
}
