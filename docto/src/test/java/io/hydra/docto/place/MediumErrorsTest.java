package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediumErrorsTest {
  /** A file of the kernel's that fails so: nothing is mapped at 0. */
  @Test
  void givenAnInputOutputErrorOfTheKernelThenTheFileIsDamaged() throws IOException {
    try (var in = FileChannel.open(Path.of("/proc/self/mem"))) {
      var failure =
          catchThrowableOfType(IOException.class, () -> in.read(ByteBuffer.allocate(8), 0));

      assertThat(MediumErrors.reason(failure)).contains("cannot be read: Input/output error");
    }
  }

  @Test
  void givenAFileThatIsGoneThenItIsDamaged(@TempDir Path directory) {
    var failure =
        catchThrowableOfType(IOException.class, () -> Files.size(directory.resolve("gone")));

    assertThat(MediumErrors.reason(failure)).contains("is missing");
  }

  @Test
  void givenAnErrorThatNamesTheFileThenItIsFound() {
    assertThat(MediumErrors.reason(new FileSystemException("f", null, "Structure needs cleaning")))
        .contains("cannot be read: Structure needs cleaning");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many open files",
        "Permission denied",
        "Cannot allocate memory",
        "Stale file handle"
      })
  void givenAnErrorOfTheMomentThenItSaysNothingOfTheFile(String text) {
    assertThat(MediumErrors.reason(new IOException(text))).isEmpty();
  }

  @Test
  void givenNoWordsThenItSaysNothingOfTheFile() {
    assertThat(MediumErrors.reason(new IOException())).isEmpty();
  }
}
