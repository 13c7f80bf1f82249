package io.hydra.manager.apiserver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which objects are meant, by their labels. One that says nothing means all. */
@RegisterForReflection
public record LabelSelector(
    Optional<Map<String, String>> matchLabels, Optional<List<Requirement>> matchExpressions) {

  /** What is demanded of one label. */
  @RegisterForReflection
  public record Requirement(String key, String operator, Optional<List<String>> values) {
    boolean isMetBy(Map<String, String> labels) {
      var value = Optional.ofNullable(labels.get(key));
      var named = values.orElse(List.of());
      return switch (operator) {
        case "In" -> value.filter(named::contains).isPresent();
        case "NotIn" -> value.filter(named::contains).isEmpty();
        case "Exists" -> value.isPresent();
        case "DoesNotExist" -> value.isEmpty();
        // Whoever does not understand what protects a pod had better take it for protected.
        default -> true;
      };
    }
  }

  public boolean matches(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchLabels.orElse(Map.of()).entrySet())
        && matchExpressions.orElse(List.of()).stream().allMatch(r -> r.isMetBy(labels));
  }
}
