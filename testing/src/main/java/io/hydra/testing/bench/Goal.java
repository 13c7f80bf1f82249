package io.hydra.testing.bench;

import java.math.BigDecimal;

/**
 * What the native build must keep to.
 *
 * @param inclusive whether the limit itself still holds
 * @param limit in the unit of the measure
 */
record Goal(boolean inclusive, double limit) {
  static Goal atMost(double limit) {
    return new Goal(true, limit);
  }

  static Goal below(double limit) {
    return new Goal(false, limit);
  }

  boolean holds(double value) {
    return inclusive ? value <= limit : value < limit;
  }

  /** Such as {@code <= 40}. */
  @Override
  public String toString() {
    return (inclusive ? "<= " : "< ")
        + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
  }
}
