package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBuildTest {
  private static final String NOTE = "seconds=313\noptimize=-Ob\ncpus=2\nbuilder=native-image 25\n";

  @Test
  void givenANote_whenParsed_thenSecondsAndFlagsAreKnown() throws IOException {
    assertThat(NativeBuild.parse(new StringReader(NOTE)))
        .contains(new NativeBuild(313, "-Ob, 2 CPUs, native-image 25"));
  }

  @Test
  void givenANoteWithoutANumber_whenParsed_thenNothingIsKnown() throws IOException {
    assertThat(NativeBuild.parse(new StringReader("optimize=-Ob"))).isEmpty();
  }

  @Test
  void givenAnExecutableNewerThanItsNote_whenAsked_thenTheNoteIsOfAnother(@TempDir Path directory)
      throws IOException {
    var executable = Files.createFile(directory.resolve("x-runner"));
    var note = Files.writeString(directory.resolve("x-runner.seconds"), NOTE);
    Files.setLastModifiedTime(executable, FileTime.fromMillis(10_000));

    Files.setLastModifiedTime(note, FileTime.fromMillis(9_000));
    assertThat(NativeBuild.of(executable)).isEmpty();

    Files.setLastModifiedTime(note, FileTime.fromMillis(10_000));
    assertThat(NativeBuild.of(executable)).isPresent();
  }
}
