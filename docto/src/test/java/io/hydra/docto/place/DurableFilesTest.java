package io.hydra.docto.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  private final Path directory;
  private final Path file;

  DurableFilesTest(@TempDir Path directory) {
    this.directory = directory.resolve("state");
    this.file = this.directory.resolve("order.json");
  }

  @Test
  void givenContent_whenItReplacesAFile_thenOnlyThatIsThere() throws IOException {
    DurableFiles.replace(file, "old".getBytes(UTF_8));

    DurableFiles.replace(file, out -> out.write("new".getBytes(UTF_8)));

    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryContaining(each -> each.equals(file));
    try (var all = Files.list(directory)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void givenContentThatFailsInTheMiddle_whenItIsToReplaceAFile_thenTheOldOneStaysAlone()
      throws IOException {
    DurableFiles.replace(file, "old".getBytes(UTF_8));

    assertThatThrownBy(
            () ->
                DurableFiles.replace(
                    file,
                    out -> {
                      out.write(new byte[200_000]);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");

    assertThat(file).hasContent("old");
    try (var all = Files.list(directory)) {
      assertThat(all).hasSize(1);
    }
  }
}
