package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Name of a dataset within its release, as the template's author chose it. */
public record DatasetName(String value) implements Comparable<DatasetName> {
  public DatasetName {
    Names.loose("dataset", value);
  }

  @JsonCreator
  public static DatasetName of(String value) {
    return new DatasetName(value);
  }

  @Override
  public int compareTo(DatasetName other) {
    return value.compareTo(other.value);
  }

  @Override
  @JsonValue
  public String toString() {
    return value;
  }
}
