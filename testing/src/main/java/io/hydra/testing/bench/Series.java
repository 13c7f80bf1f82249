package io.hydra.testing.bench;

import java.util.List;

/**
 * Repeated measurements of one thing.
 *
 * @param values at least one, ascending
 */
record Series(List<Double> values) {
  Series {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    values = values.stream().sorted().toList();
  }

  /** The middle one, or the mean of the two in the middle. */
  double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /**
   * The least value that so many of a hundred do not exceed (the nearest rank): the 99th of fewer
   * than a hundred values is the most.
   */
  double percentile(int percent) {
    int rank = (int) Math.ceil(values.size() * percent / 100.0);
    return values.get(Math.max(rank, 1) - 1);
  }

  double least() {
    return values.getFirst();
  }

  double most() {
    return values.getLast();
  }
}
