package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClearanceTest {
  private static final Digest DIGEST = Digest.of("a".repeat(64));

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "data");
  }

  @Test
  void givenANodesData_thenAllOfItGoes_andWhatOthersPutThereStays(@TempDir Path directory)
      throws IOException {
    var layout = new NodeLayout(directory.resolve("disk"), Optional.of(directory.resolve("ram")));
    write(layout.store(DIGEST).resolve("sealed/file"));
    Trees.seal(Trees.entries(layout.store()));
    write(layout.staging(DIGEST).resolve("journal"));
    write(layout.state().resolve("lock"));
    write(layout.live().resolve("prod/search/searcher.json"));
    write(layout.ram(DIGEST).orElseThrow().resolve("file"));
    write(directory.resolve("ram/.lock"));
    write(directory.resolve("disk/of-others"));

    var left = new Clearance(layout).run();

    assertThat(left).containsExactly(directory.resolve("disk/of-others"));
    assertThat(directory.resolve("ram")).isEmptyDirectory();
    assertThat(new Clearance(layout).run()).isEqualTo(left);
  }
}
