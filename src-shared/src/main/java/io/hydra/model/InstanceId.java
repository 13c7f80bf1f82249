package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Name of one running copy of a consumer, unique in its environment. */
public record InstanceId(String value) implements Comparable<InstanceId> {
  public InstanceId {
    Names.loose("instance", value);
  }

  @JsonCreator
  public static InstanceId of(String value) {
    return new InstanceId(value);
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  @JsonValue
  public String toString() {
    return value;
  }
}
