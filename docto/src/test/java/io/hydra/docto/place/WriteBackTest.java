package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hydra.docto.place.WriteBack.OfKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteBackTest {
  @Test
  void givenAFileSystemThatCanThenItIsWrittenOut(@TempDir Path directory) throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && Files.getFileStore(directory).type().equals("ext4"));
    try (var watch = OfKernel.of(directory).orElseThrow()) {
      Files.writeString(directory.resolve("file"), "hello");

      assertThat(watch.finish()).isTrue();
    }
  }

  /** Of procfs nothing is known. */
  @Test
  void givenAnotherFileSystemThenItIsNotReliedUpon() {
    assertThat(OfKernel.of(Path.of("/proc"))).isEmpty();
  }

  @Test
  void givenNoDirectoryThenThereIsNothingToWatch(@TempDir Path directory) {
    assertThat(OfKernel.of(directory.resolve("none"))).isEmpty();
  }

  @Test
  void givenAClosedDescriptorThenItFails() {
    assertThatThrownBy(() -> new OfKernel(-1).finish()).isInstanceOf(NotDurable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, 5.8.0, true",
    "Linux, 5.10.0-28-amd64, true",
    "Linux, 6.1, true",
    "Linux, 5.7.19, false",
    "Linux, 4.19.0, false",
    "Linux, unknown, false",
    "Mac OS X, 14.5, false"
  })
  void tellsOfFailuresSinceLinux58(String system, String version, boolean tells) {
    assertThat(OfKernel.tellsOfFailures(system, version)).isEqualTo(tells);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "-1, false", "-22, false", "-38, false"})
  void knowsARefusal(int result, boolean done) throws IOException {
    assertThat(OfKernel.isDone(result)).isEqualTo(done);
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, -9, -28, -122})
  void givenAnyOtherErrorThenSomethingWasLost(int result) {
    assertThatThrownBy(() -> OfKernel.isDone(result)).isInstanceOf(NotDurable.class);
  }

  /** For whom a full disk is one. */
  @Test
  void tellsOfAFullDiskInTheWordsOfTheSystem() {
    assertThatThrownBy(() -> OfKernel.isDone(-28)).hasMessageContaining("No space left on device");
  }
}
