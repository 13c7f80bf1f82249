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
 * @param unknown whatever else stands there: a mistake that {@link DataTemplate} names
 */
public record TemplateDataset(
    @JsonProperty("SourcePath") Optional<String> sourcePath,
    @JsonProperty("Placement") Optional<String> placement,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {
  public TemplateDataset {
    unknown = Map.copyOf(unknown);
  }

  public static TemplateDataset of(String sourcePath, Placement placement) {
    return new TemplateDataset(Optional.of(sourcePath), Optional.of(placement.name()), Map.of());
  }
}
