package io.hydra.manager.apiserver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Of an object of any kind, what Hydra looks at; all else is skipped while it is read. */
@RegisterForReflection
public record ApiObject(Metadata metadata, Optional<Spec> spec, Optional<Status> status) {
  /**
   * @param deletionTimestamp when its deletion was asked for
   */
  @RegisterForReflection
  public record Metadata(
      String name,
      Optional<String> namespace,
      Optional<String> uid,
      String resourceVersion,
      Optional<Map<String, String>> annotations,
      Optional<String> deletionTimestamp) {}

  @RegisterForReflection
  public record Spec(Optional<String> nodeName) {}

  @RegisterForReflection
  public record Status(Optional<List<Condition>> conditions) {}

  @RegisterForReflection
  public record Condition(String type, String status) {}

  /** Of one object of its kind at a time. */
  public record Name(Optional<String> namespace, String name) {
    @Override
    public String toString() {
      return namespace.map(space -> space + "/" + name).orElse(name);
    }
  }

  public Name name() {
    return new Name(metadata.namespace(), metadata.name());
  }

  public Optional<String> annotation(String key) {
    return metadata.annotations().map(all -> all.get(key));
  }

  public Optional<String> nodeName() {
    return spec.flatMap(Spec::nodeName).filter(name -> !name.isEmpty());
  }

  /** Whether a condition is there, and true. */
  public boolean is(String condition) {
    return status.flatMap(Status::conditions).stream()
        .flatMap(List::stream)
        .anyMatch(c -> c.type().equals(condition) && c.status().equals("True"));
  }
}
