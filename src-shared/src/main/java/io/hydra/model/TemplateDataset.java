package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a data template as its author wrote it, not yet checked.
 *
 * @param sourcePath key {@code SourcePath}
 * @param placement key {@code Placement}: 0, 1, DISK or RAM; DISK when left out
 * @param inline key {@code Inline}: instead of a source, file names with their text
 * @param inlineBase64 key {@code InlineBase64}: the same for content that is no text
 * @param unknown whatever else stands there: a mistake that {@link DataTemplate} names
 */
public record TemplateDataset(
    @JsonProperty("SourcePath") Optional<String> sourcePath,
    @JsonProperty("Placement") Optional<String> placement,
    @JsonProperty("Inline") Optional<Map<String, String>> inline,
    @JsonProperty("InlineBase64") Optional<Map<String, String>> inlineBase64,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {
  public TemplateDataset {
    unknown = Map.copyOf(unknown);
  }

  public static TemplateDataset of(String sourcePath, Placement placement) {
    return new TemplateDataset(
        Optional.of(sourcePath),
        Optional.of(placement.name()),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** With files of text. */
  public static TemplateDataset inline(Map<String, String> files, Placement placement) {
    return new TemplateDataset(
        Optional.empty(),
        Optional.of(placement.name()),
        Optional.of(files),
        Optional.empty(),
        Map.of());
  }
}
