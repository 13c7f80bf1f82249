package io.hydra.examples.textanalysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentDirectoryTest {
  private final Path directory;

  CurrentDirectoryTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenNoDirectory_whenRead_thenThereIsNoRelease() throws Exception {
    assertThat(CurrentDirectory.read(directory.resolve("current"))).isEmpty();
  }

  @Test
  void givenALinkToARelease_whenRead_thenItsNameTellsVersionAndSequence() throws Exception {
    var store = Files.createDirectories(directory.resolve("store/abc123"));
    var set = Files.createDirectories(directory.resolve("releases/000002-2026-11-08T09-00-00"));
    Files.createSymbolicLink(set.resolve("pos"), store);
    Files.createSymbolicLink(directory.resolve("current"), set);

    var release = CurrentDirectory.read(directory.resolve("current")).orElseThrow();

    assertThat(release.version()).isEqualTo("2026-11-08T09-00-00");
    assertThat(release.sequence()).isEqualTo(2);
    assertThat(release.datasets())
        .containsEntry("pos", new Release.Source(store.toRealPath().toString(), "abc123"));
  }

  @Test
  void givenAPlainDirectory_whenRead_thenItsNameIsTheVersion() throws Exception {
    Files.createDirectories(directory.resolve("mine/pos"));

    var release = CurrentDirectory.read(directory.resolve("mine")).orElseThrow();

    assertThat(release.version()).isEqualTo("mine");
  }
}
