package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.config.ByteSize;
import io.hydra.model.Digest;
import io.hydra.wire.Capacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final Digest B = Digest.of("b".repeat(64));

  private final Path root;

  VolumeTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void givenALimitThenWhatAllContentsTakeCountsAgainstIt() throws IOException {
    var volume = limited(1000);

    volume.holds(A, 300);
    volume.holds(B, 100);

    assertThat(volume.measure()).isEqualTo(new Capacity(1000, 600));
  }

  @Test
  void givenAContentThatIsLookedAtAnewThenOnlyItsNewSizeCounts() throws IOException {
    var volume = limited(1000);

    volume.holds(A, 300);
    volume.grows(A, 50);
    assertThat(volume.measure().free()).isEqualTo(650);
    volume.holds(A, 320);
    assertThat(volume.measure().free()).isEqualTo(680);
    volume.holds(A, 0);

    assertThat(volume.measure().free()).isEqualTo(1000);
  }

  @Test
  void givenAFileOfSomebodyElseThenItCountsAsLongAsItIsThere() throws IOException {
    var volume = limited(1000);
    var filler = Files.write(root.resolve("filler"), new byte[300]);
    volume.holds(A, 100);
    assertThat(volume.measure().free()).isEqualTo(600);

    Files.delete(filler);

    assertThat(volume.measure().free()).isEqualTo(900);
  }

  @Test
  void givenMoreHeldThanTheLimitThenNothingIsFree() throws IOException {
    var volume = limited(200);

    volume.holds(A, 300);

    assertThat(volume.measure()).isEqualTo(new Capacity(200, 0));
  }

  @Test
  void givenAReserveThenItIsNotFree() throws IOException {
    var fileSystem = Files.getFileStore(root);
    var reserve = new ByteSize(fileSystem.getTotalSpace());

    var capacity = new Volume(root, Optional.empty(), Optional.of(reserve)).measure();

    assertThat(capacity).isEqualTo(new Capacity(fileSystem.getTotalSpace(), 0));
  }

  private Volume limited(long limit) {
    return new Volume(root, Optional.of(new ByteSize(limit)), Optional.of(new ByteSize(0)));
  }
}
