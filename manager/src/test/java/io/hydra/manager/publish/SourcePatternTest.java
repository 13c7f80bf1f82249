package io.hydra.manager.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePatternTest {

  @ParameterizedTest
  @CsvSource({
    "s3://b/a/{VERSION_PLACEHOLDER}/file, s3://b/a/, true, 1.2, 1.2",
    "s3://b/a/{VERSION_PLACEHOLDER}/, s3://b/a/, true, 1.2, 1.2",
    "s3://b/{VERSION_PLACEHOLDER}/x/y/, s3://b/, true, 1.2, 1.2",
    "s3://b/a/idx-{VERSION_PLACEHOLDER}.bin, s3://b/a/, false, idx-1.2.bin, 1.2",
    "s3://b/a/{VERSION_PLACEHOLDER}, s3://b/a/, false, 1.2, 1.2",
    "file:///d/v{VERSION_PLACEHOLDER}/x, file:///d/, true, v1.2, 1.2"
  })
  void givenAPathThenItsFolderIsListedAndNamesGiveVersions(
      String path, String folder, boolean versionIsFolder, String name, String version) {
    var pattern = SourcePattern.of(path);

    assertThat(pattern.folder()).isEqualTo(folder);
    assertThat(pattern.versionIsFolder()).isEqualTo(versionIsFolder);
    assertThat(pattern.versionIn(name)).contains(version);
    assertThat(pattern.fill(new ReleaseVersion("9.9")))
        .isEqualTo(path.replace("{VERSION_PLACEHOLDER}", "9.9"));
  }

  @Test
  void givenANameOfAnotherShapeThenItHasNoVersion() {
    var pattern = SourcePattern.of("s3://b/a/idx-{VERSION_PLACEHOLDER}.bin");

    assertThat(pattern.versionIn("idx-1.2.txt")).isEmpty();
    assertThat(pattern.versionIn("other-1.2.bin")).isEmpty();
    assertThat(pattern.versionIn("idx-.bin")).isEmpty();
  }
}
