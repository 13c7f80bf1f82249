package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private final Path root;
  private final Path outside;

  FileSourceTest(@TempDir Path directory) {
    this.root = directory.resolve("root");
    this.outside = directory.resolve("root-but-another");
  }

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(root);
    Files.createDirectories(outside);
    Files.writeString(root.resolve("in"), "0123456789");
    Files.writeString(outside.resolve("out"), "0123456789");
  }

  @Test
  void givenARangeThenItsBytes() throws Exception {
    var buffer = new byte[4];
    try (var body = source(root).open(file("in", 10), 3, 4)) {
      assertThat(body.read(ByteBuffer.wrap(buffer, 0, 4))).isEqualTo(4);
    }
    assertThat(buffer).isEqualTo("3456".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void givenALinkThatLeadsOutThenItIsDenied() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("out"));

    assertThat(reasonFor(root, file("link", 10))).isEqualTo(Cause.DENIED);
  }

  @Test
  void givenASiblingWhoseNameBeginsLikeTheRootThenItIsDenied() {
    assertThat(reasonFor(outside, file("out", 10))).isEqualTo(Cause.DENIED);
  }

  @Test
  void givenAFileOutsideThenTheAnswerDoesNotTellWhetherItExists() {
    assertThatThrownBy(() -> source(outside).open(file("nothing-here", 1), 0, 1))
        .hasMessageContaining("outside");
  }

  @Test
  void givenAnotherSizeThenTheSourceChanged() {
    assertThat(reasonFor(root, file("in", 11))).isEqualTo(Cause.CHANGED);
  }

  @Test
  void givenNoFileThenItIsMissing() {
    assertThat(reasonFor(root, file("gone", 1))).isEqualTo(Cause.MISSING);
  }

  private Cause reasonFor(Path base, ManifestFile file) {
    return catchThrowableOfType(FetchException.class, () -> source(base).open(file, 0, 1)).reason();
  }

  private FileSource source(Path base) {
    return new FileSource(base, true, List.of(root));
  }

  private static ManifestFile file(String path, long size) {
    return new ManifestFile(path, size, "e", Optional.empty(), List.of());
  }
}
