package io.hydra.testing.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCheckTest {
  /** MD5 of "hello". */
  private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";

  private final Manifest manifest =
      new Manifest(List.of(new ManifestFile("a/b", 5, HELLO, Optional.empty(), List.of())));
  private final DatasetCheck check = new DatasetCheck(digest -> manifest);
  private final Path directory;

  DatasetCheckTest(@TempDir Path parent) {
    directory = parent.resolve(manifest.digest().hex());
  }

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(directory.resolve("a"));
    Files.writeString(directory.resolve("a/b"), "hello");
  }

  @Test
  void givenAllBytes_whenChecked_thenNothingIsWrong() throws IOException {
    assertThat(check.check(directory, manifest.digest())).isEmpty();
  }

  @Test
  void givenOtherBytes_whenChecked_thenItSaysSo() throws IOException {
    Files.writeString(directory.resolve("a/b"), "hallo");

    assertThat(check.check(directory, manifest.digest())).get().asString().contains("other bytes");
  }

  @Test
  void givenFewerBytes_whenChecked_thenItSaysSo() throws IOException {
    Files.writeString(directory.resolve("a/b"), "hell");

    assertThat(check.check(directory, manifest.digest())).get().asString().contains("4 bytes");
  }

  @Test
  void givenAMissingFile_whenChecked_thenItSaysSo() throws IOException {
    Files.delete(directory.resolve("a/b"));

    assertThat(check.check(directory, manifest.digest())).get().asString().contains("missing");
  }

  @Test
  void givenAFileTooMany_whenChecked_thenItSaysSo() throws IOException {
    Files.writeString(directory.resolve("c"), "");

    assertThat(check.check(directory, manifest.digest())).get().asString().contains("[a/b, c]");
  }

  @Test
  void givenNoDirectory_whenChecked_thenNothingIsWrong() throws IOException {
    assertThat(check.check(directory.resolve("gone"), manifest.digest())).isEmpty();
  }
}
