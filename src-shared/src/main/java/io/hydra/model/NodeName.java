package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Name of a machine that can hold datasets. */
public record NodeName(String value) implements Comparable<NodeName> {
  public NodeName {
    Names.loose("node", value);
  }

  @JsonCreator
  public static NodeName of(String value) {
    return new NodeName(value);
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  @JsonValue
  public String toString() {
    return value;
  }
}
