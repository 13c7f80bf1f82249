package io.hydra.manager.publish;

import io.hydra.error.HydraException;
import io.hydra.model.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects what is wrong with single datasets, so that a publisher hears of everything at once. */
final class DatasetFailures {
  private static final int DATASETS_AT_ONCE = 16;

  /** Of more, only the number is told. */
  private static final int MAX_TOLD = 20;

  private final Map<DatasetName, HydraException> failures = new LinkedHashMap<>();

  private sealed interface Attempt<R> {
    record Done<R>(R result) implements Attempt<R> {}

    record Failed<R>(HydraException failure) implements Attempt<R> {}
  }

  /**
   * Does the work for each item, several at once, and gives the results in the items' order.
   *
   * @throws HydraException naming every dataset that failed; its code is that of the first which
   *     trying again will not mend
   */
  static <T, R> List<R> collect(List<T> items, Function<T, DatasetName> name, Function<T, R> work) {
    var attempts =
        Parallel.map(items, new Semaphore(DATASETS_AT_ONCE), item -> attempt(item, work));
    var failures = new DatasetFailures();
    var results = new ArrayList<R>();
    for (int i = 0; i < items.size(); i++) {
      switch (attempts.get(i)) {
        case Attempt.Done<R>(R result) -> results.add(result);
        case Attempt.Failed<R>(HydraException failure) ->
            failures.failures.put(name.apply(items.get(i)), failure);
      }
    }
    failures.raise();
    return results;
  }

  private static <T, R> Attempt<R> attempt(T item, Function<T, R> work) {
    try {
      return new Attempt.Done<>(work.apply(item));
    } catch (HydraException e) {
      return new Attempt.Failed<>(e);
    }
  }

  private void raise() {
    if (failures.isEmpty()) {
      return;
    }
    var deciding =
        failures.values().stream()
            .filter(failure -> !failure.code().retryable())
            .findFirst()
            .orElse(failures.values().iterator().next());
    throw new HydraException(deciding.code(), detail(), Map.of("dataset", names()));
  }

  private String detail() {
    var told =
        failures.entrySet().stream()
            .limit(MAX_TOLD)
            .map(e -> "dataset '%s': %s".formatted(e.getKey(), e.getValue().detail()))
            .collect(Collectors.joining("; "));
    int untold = failures.size() - MAX_TOLD;
    return untold > 0 ? told + "; and %d more datasets".formatted(untold) : told;
  }

  private String names() {
    return failures.keySet().stream().map(DatasetName::value).collect(Collectors.joining(","));
  }
}
