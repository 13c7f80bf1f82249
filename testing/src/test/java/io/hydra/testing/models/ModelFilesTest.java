package io.hydra.testing.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The demo stands on what the published models are: the same bytes in one, others in the rest. */
class ModelFilesTest {
  private final ModelFiles models = new ModelFiles(Path.of("target/models"));

  @Test
  void givenBothVersions_whenTheLanguageModelsAreCompared_thenTheyAreTheSame() throws IOException {
    assertThat(mismatch("langdetect")).isEqualTo(-1);
  }

  @Test
  void givenBothVersions_whenTheOtherModelsAreCompared_thenTheyDiffer() throws IOException {
    assertThat(mismatch("sentdetect")).isNotEqualTo(-1);
    assertThat(mismatch("tokenizer")).isNotEqualTo(-1);
    assertThat(mismatch("pos")).isNotEqualTo(-1);
  }

  private long mismatch(String dataset) throws IOException {
    return Files.mismatch(
        models.file(models.oldest(), dataset), models.file(models.newest(), dataset));
  }
}
