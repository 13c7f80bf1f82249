package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A release's or dataset's version as written; its channel's {@link VersionScheme} orders it. */
public record ReleaseVersion(String value) {
  public ReleaseVersion {
    Names.loose("version", value);
  }

  @JsonCreator
  public static ReleaseVersion of(String value) {
    return new ReleaseVersion(value);
  }

  @Override
  @JsonValue
  public String toString() {
    return value;
  }
}
