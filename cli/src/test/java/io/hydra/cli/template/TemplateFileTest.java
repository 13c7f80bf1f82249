package io.hydra.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.TemplateDataset;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "template.json", "-"})
  void whatInitWritesPassesTheCheck(String file) {
    assertThat(read(TemplateStarter.forFile(file))).containsOnlyKeys("dataset_1", "dataset_2");
  }

  @Test
  void bothStartersSayTheSame() {
    assertThat(read(TemplateStarter.JSON)).isEqualTo(read(TemplateStarter.YAML));
  }

  @Test
  void theOrderOfTheAuthorIsKept() {
    assertThat(read("{\"z\":{\"SourcePath\":\"s3://b/z\"},\"a\":{\"SourcePath\":\"s3://b/a\"}}"))
        .containsExactlyEntriesOf(
            new LinkedHashMap<>(read("z: {SourcePath: s3://b/z}\na: {SourcePath: s3://b/a}")));
  }

  static Set<Map.Entry<String, String>> mistakes() {
    return Map.of(
            "", "is empty",
            "# only a comment", "it is not a map of names to values",
            "[1]", "it is not a map of names to values",
            "{\"a\": ", "Unexpected end-of-input",
            "a: {SourcePath: s3://b/1}\na: {SourcePath: s3://b/2}", "uplicate",
            "a:", "'a' holds another kind of value",
            "{\"a\": null}", "says nothing of dataset 'a'",
            "a: {SourcePath: s3://b/1, Sourcepath: x}", "unknown key 'Sourcepath'",
            "{}", "names no dataset")
        .entrySet();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamed(Map.Entry<String, String> mistake) {
    assertThatThrownBy(() -> read(mistake.getKey()))
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_TEMPLATE);
              assertThat(refused.detail())
                  .contains("template on stdin")
                  .contains(mistake.getValue());
            });
  }

  private static Map<String, TemplateDataset> read(String text) {
    return new TemplateFile(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .read("-");
  }
}
