package io.hydra.testing.bench;

/**
 * What the native build must keep to.
 *
 * @param inclusive whether the limit itself still holds
 * @param limit in the unit of the measure
 */
record Goal(boolean inclusive, int limit) {
  static Goal atMost(int limit) {
    return new Goal(true, limit);
  }

  static Goal below(int limit) {
    return new Goal(false, limit);
  }

  boolean holds(double value) {
    return inclusive ? value <= limit : value < limit;
  }

  /** Such as {@code <= 40}. */
  @Override
  public String toString() {
    return (inclusive ? "<= " : "< ") + limit;
  }
}
