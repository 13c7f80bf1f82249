package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.config.ByteSize;
import io.hydra.wire.Capacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTest {
  private final Path root;

  VolumeTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void givenALimitThenWhatIsHeldCountsAgainstIt() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.write(root.resolve("a/b/f"), new byte[300]);

    assertThat(volume(1000).measure()).isEqualTo(new Capacity(1000, 700));
  }

  @Test
  void givenMoreHeldThanTheLimitThenNothingIsFree() throws IOException {
    Files.write(root.resolve("f"), new byte[300]);

    assertThat(volume(200).measure()).isEqualTo(new Capacity(200, 0));
  }

  @Test
  void givenAReserveThenItIsNotFree() throws IOException {
    var fileSystem = Files.getFileStore(root);
    var reserve = new ByteSize(fileSystem.getTotalSpace());

    var capacity = new Volume(root, Optional.empty(), Optional.of(reserve)).measure();

    assertThat(capacity).isEqualTo(new Capacity(fileSystem.getTotalSpace(), 0));
  }

  private Volume volume(long limit) {
    return new Volume(root, Optional.of(new ByteSize(limit)), Optional.of(new ByteSize(0)));
  }
}
