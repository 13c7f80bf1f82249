package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.HydraJson;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class DataTemplateTest {
  private static DataTemplate check(String json) throws JsonProcessingException {
    return DataTemplate.check(
        HydraJson.mapper()
            .readValue(json, new TypeReference<LinkedHashMap<String, TemplateDataset>>() {}));
  }

  @Test
  void templateOfTheFieldIsReadInItsOrder() throws Exception {
    var template =
        check(
            """
            { "dataset_2": { "SourcePath": "s3://bucket/b/{VERSION_PLACEHOLDER}/", "Placement": "RAM" },
              "dataset_1": { "SourcePath": "s3://bucket/a/{VERSION_PLACEHOLDER}/file1.xyz", "Placement": 0 },
              "dataset_3": { "SourcePath": "s3://bucket/c/file" } }
            """);

    assertThat(template.entries())
        .containsExactly(
            new DataTemplate.Entry(
                new DatasetName("dataset_2"),
                "s3://bucket/b/{VERSION_PLACEHOLDER}/",
                Placement.RAM),
            new DataTemplate.Entry(
                new DatasetName("dataset_1"),
                "s3://bucket/a/{VERSION_PLACEHOLDER}/file1.xyz",
                Placement.DISK),
            new DataTemplate.Entry(
                new DatasetName("dataset_3"), "s3://bucket/c/file", Placement.DISK));
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                check(
                    """
                    { "a": { "SourcePath": "s3://b/x", "Placement": 2 },
                      "b": { "Sourcepath": "s3://b/x" },
                      "c": { "SourcePath": "http://b/x" },
                      "../d": { "SourcePath": "s3://b/x" } }
                    """))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TEMPLATE))
        .hasMessageContaining("dataset 'a' has Placement '2'")
        .hasMessageContaining("dataset 'b' has the unknown key 'Sourcepath'")
        .hasMessageContaining("dataset 'b' has no SourcePath")
        .hasMessageContaining("dataset 'c' has SourcePath 'http://b/x'")
        .hasMessageContaining("dataset '../d'");
  }

  @Test
  void emptyTemplateIsRefused() {
    assertThatThrownBy(() -> check("{}")).hasMessageContaining("names no dataset");
  }
}
