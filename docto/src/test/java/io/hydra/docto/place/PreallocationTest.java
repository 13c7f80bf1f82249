package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreallocationTest {
  private static final int KIB = 1024;
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  @Test
  void givenAFileThenItHasBlocksForThePartAndKeepsWhatItHas(@TempDir Path directory)
      throws Exception {
    assumeTrue(LINUX);
    var file = Files.writeString(directory.resolve("file"), "before");

    Preallocation.of(file, 256 * KIB, 512 * KIB);

    assertThat(Files.size(file)).isEqualTo(768 * KIB);
    assertThat(allocated(file)).isBetween(512L * KIB, 600L * KIB);
    try (var in = Files.newInputStream(file)) {
      assertThat(in.readNBytes(6)).isEqualTo("before".getBytes(StandardCharsets.US_ASCII));
      assertThat(in.readAllBytes()).containsOnly(0);
    }
  }

  @Test
  void givenNoRoomOrNoFileThenNothingIsSaid(@TempDir Path directory) throws IOException {
    assumeTrue(LINUX);
    var file = Files.createFile(directory.resolve("file"));

    Preallocation.of(file, 0, Long.MAX_VALUE);
    Preallocation.of(directory.resolve("none"), 0, KIB);

    assertThat(Files.size(file)).isZero();
    assertThat(directory.resolve("none")).doesNotExist();
  }

  /** Bytes on the disk. */
  private static long allocated(Path file) throws IOException, InterruptedException {
    var stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
    var blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(stat.waitFor()).isZero();
    return Long.parseLong(blocks.strip()) * 512;
  }
}
