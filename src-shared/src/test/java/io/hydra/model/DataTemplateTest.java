package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.HydraJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void filesThatStandInTheTemplateAreItsContent() throws Exception {
    var template =
        check(
            """
            { "settings": { "Inline": { "a.json": "{}", "deep/b.txt": "über" }, "Placement": "RAM" },
              "blob": { "InlineBase64": { "c.bin": "AAEC\\n/w==" } } }
            """);

    assertThat(template.entries())
        .extracting(DataTemplate.Entry::sourcePath)
        .containsOnly(InlineFile.SOURCE);
    var settings = template.entries().getFirst();
    assertThat(settings.placement()).isEqualTo(Placement.RAM);
    assertThat(settings.inline())
        .extracting(InlineFile::path)
        .containsExactlyInAnyOrder("a.json", "deep/b.txt");
    assertThat(template.entries().getLast().inline().getFirst().bytes())
        .containsExactly(0, 1, 2, 255);
  }

  @Test
  void mistakesOfInlineFilesAreNamed() {
    assertThatThrownBy(
            () ->
                check(
                    """
                    { "a": { "Inline": { "x": "1" }, "SourcePath": "s3://b/x" },
                      "b": { "Inline": {} },
                      "c": { "Inline": { "../x": "1" } },
                      "d": { "InlineBase64": { "x": "not base64!" } },
                      "e": { "Inline": { "x": "1" }, "InlineBase64": { "x": "AA==" } },
                      "f": { "Inline": { "x": null } } }
                    """))
        .hasMessageContaining("dataset 'a' has Inline and a SourcePath")
        .hasMessageContaining("dataset 'b' has Inline without a file")
        .hasMessageContaining("dataset 'c' has the inline file '../x', which has a component '..'")
        .hasMessageContaining("dataset 'd' has the inline file 'x' without content")
        .hasMessageContaining("dataset 'e' has the inline file 'x' twice")
        .hasMessageContaining("dataset 'f' has the inline file 'x' without content");
  }

  @Test
  void inlineFilesAreTakenUpToTheLimitInAllOfTheTemplate() {
    var half = "x".repeat(InlineFile.MOST_BYTES / 2);
    var most = inline(half, half);

    assertThat(DataTemplate.check(most).entries()).hasSize(2);
    assertThatThrownBy(() -> DataTemplate.check(inline(half, half + "x")))
        .hasMessageContaining("262145 bytes, over the limit of 262144");
  }

  @Test
  void inlineFilesAreTakenUpToTheirNumber() {
    assertThat(DataTemplate.check(Map.of("d", empty(InlineFile.MOST_FILES))).entries()).hasSize(1);
    assertThatThrownBy(() -> DataTemplate.check(Map.of("d", empty(InlineFile.MOST_FILES + 1))))
        .hasMessageContaining("dataset 'd' has 10001 inline files, over the limit of 10000");
  }

  private static TemplateDataset empty(int files) {
    return TemplateDataset.inline(
        IntStream.range(0, files).boxed().collect(Collectors.toMap("f%d"::formatted, _ -> "")),
        Placement.DISK);
  }

  @Test
  void ofManyMistakesTheFirstAreNamed() {
    var files =
        IntStream.range(0, 25).boxed().collect(Collectors.toMap("../%d"::formatted, _ -> "x"));

    assertThatThrownBy(
            () -> DataTemplate.check(Map.of("d", TemplateDataset.inline(files, Placement.DISK))))
        .hasMessageContaining("which has a component '..'")
        .hasMessageEndingWith("; and 5 more");
  }

  private static Map<String, TemplateDataset> inline(String one, String other) {
    return Map.of(
        "one", TemplateDataset.inline(Map.of("f", one), Placement.DISK),
        "other", TemplateDataset.inline(Map.of("f", other), Placement.DISK));
  }

  @Test
  void longSourcePathsAreRefusedWithTheLimit() {
    var path = "s3://bucket/" + "k".repeat(1189);

    assertThatThrownBy(
            () -> DataTemplate.check(Map.of("a", TemplateDataset.of(path, Placement.DISK))))
        .hasMessageContaining("1201 characters, over the limit of 1200");
  }

  @Test
  void emptyTemplateIsRefused() {
    assertThatThrownBy(() -> check("{}")).hasMessageContaining("names no dataset");
  }
}
