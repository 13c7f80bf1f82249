package io.hydra.testing.bench;

import java.math.BigDecimal;

/**
 * What the native build must keep to.
 *
 * @param limit in the unit of the measure
 */
record Goal(Kind kind, double limit) {
  /** On which side of the limit a value must be. */
  enum Kind {
    AT_MOST("<= "),
    BELOW("< "),
    AT_LEAST(">= ");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  static Goal atMost(double limit) {
    return new Goal(Kind.AT_MOST, limit);
  }

  static Goal below(double limit) {
    return new Goal(Kind.BELOW, limit);
  }

  static Goal atLeast(double limit) {
    return new Goal(Kind.AT_LEAST, limit);
  }

  boolean holds(double value) {
    return switch (kind) {
      case AT_MOST -> value <= limit;
      case BELOW -> value < limit;
      case AT_LEAST -> value >= limit;
    };
  }

  /** Such as {@code <= 40}. */
  @Override
  public String toString() {
    return kind.sign + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
  }
}
