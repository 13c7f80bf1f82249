package io.hydra.docto.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.StorageConfig;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.place.NodeSpace;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RamStepsTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final byte[] RIGHT = {1, 2, 3};
  private static final byte[] WRONG = {1, 2, 2};
  private static final CommittedContent CONTENT =
      CommittedContent.of(
          A,
          List.of(
              new CommittedFile(
                  "f", RIGHT.length, new Checksum(Algorithm.SHA256, Digest.sha256(RIGHT).hex()))));

  private final Path onDisk;
  private final Path inRam;
  private final RamSteps steps;

  private record Storage(Path root, Optional<Path> ramRoot) implements StorageConfig {
    @Override
    public Optional<ByteSize> ramCapacity() {
      return Optional.empty();
    }

    @Override
    public Optional<ByteSize> diskCapacity() {
      return Optional.empty();
    }

    @Override
    public Optional<ByteSize> diskReserve() {
      return Optional.empty();
    }

    @Override
    public boolean removeData() {
      return false;
    }
  }

  RamStepsTest(@TempDir Path directory) {
    var layout = new NodeLayout(directory.resolve("root"), Optional.of(directory.resolve("ram")));
    onDisk = layout.store(A).resolve("f");
    inRam = layout.ram(A).orElseThrow().resolve("f");
    steps =
        new RamSteps(
            layout,
            new Inventory(),
            new ContentStore(layout, HydraJson.mapper()),
            new NodeSpace(layout, new Storage(layout.root(), layout.ramRoot())));
  }

  @BeforeEach
  void placed() throws IOException {
    Files.createDirectories(onDisk.getParent());
    Files.createDirectories(inRam.getParent());
    Files.write(onDisk, RIGHT);
    Files.write(inRam, RIGHT);
  }

  @Test
  void givenACopyThatIsWholeThenTheCheckTakesItForThat() throws Exception {
    assertThat(after(steps.check(CONTENT))).isEqualTo(new RamCopy.Ready());
  }

  /** Who has mapped it would keep the wrong bytes for as long as it does. */
  @Test
  void givenAWrongBitThenTheCheckLeavesTheCopyToMending() throws Exception {
    Files.write(inRam, WRONG);

    assertThat(after(steps.check(CONTENT)))
        .isEqualTo(new RamCopy.Damaged("file 'f' is not what was committed"));
    assertThat(inRam).hasBinaryContent(WRONG);

    assertThat(after(steps.mend(CONTENT))).isEqualTo(new RamCopy.Ready());
    assertThat(inRam).hasBinaryContent(RIGHT);
  }

  @Test
  void givenAFileThatIsGoneThenMendingTakesTheCopyAway() throws Exception {
    Files.delete(inRam);

    assertThat(after(steps.check(CONTENT))).isEqualTo(new RamCopy.Damaged("file 'f' is missing"));
    assertThat(after(steps.mend(CONTENT))).isEqualTo(new RamCopy.Absent());
    assertThat(inRam.getParent()).doesNotExist();
  }

  private static RamCopy after(Step step) throws Exception {
    var begun = step.begin().apply(Content.absent(A));
    return step.work().run().apply(begun).ram();
  }
}
