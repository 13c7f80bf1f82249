package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Name of a channel's scope, such as a region. */
public record ScopeName(String value) implements Comparable<ScopeName> {
  public ScopeName {
    Names.label("scope", value);
  }

  @JsonCreator
  public static ScopeName of(String value) {
    return new ScopeName(value);
  }

  @Override
  public int compareTo(ScopeName other) {
    return value.compareTo(other.value);
  }

  @Override
  @JsonValue
  public String toString() {
    return value;
  }
}
