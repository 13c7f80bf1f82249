package io.hydra.manager.publish;

import io.hydra.error.HydraException;
import io.hydra.model.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects what is wrong with single datasets, so that a publisher hears of everything at once. */
final class DatasetFailures {
  private final Map<DatasetName, HydraException> failures = new LinkedHashMap<>();

  /** Does the work for each item, in order, and keeps the results of those that did not fail. */
  static <T, R> List<R> collect(List<T> items, Function<T, DatasetName> name, Function<T, R> work) {
    var failures = new DatasetFailures();
    var results = new ArrayList<R>();
    for (var item : items) {
      try {
        results.add(work.apply(item));
      } catch (HydraException e) {
        failures.failures.put(name.apply(item), e);
      }
    }
    failures.raise();
    return results;
  }

  private void raise() {
    if (failures.isEmpty()) {
      return;
    }
    var first = failures.entrySet().iterator().next();
    var detail =
        failures.entrySet().stream()
            .map(e -> "dataset '%s': %s".formatted(e.getKey(), e.getValue().detail()))
            .collect(Collectors.joining("; "));
    throw new HydraException(
        first.getValue().code(),
        detail,
        Map.of(
            "dataset", first.getKey().value(),
            "datasets",
                failures.keySet().stream()
                    .map(DatasetName::value)
                    .collect(Collectors.joining(","))));
  }
}
