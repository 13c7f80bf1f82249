package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.util.regex.Pattern;

/**
 * How many of a channel's instances a rollout may have out of service at once: a number or a
 * percentage.
 */
public record MaxUnavailable(int amount, boolean percent) {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})(%?)");

  public static final MaxUnavailable ONE = new MaxUnavailable(1, false);

  public MaxUnavailable {
    if (amount < 1 || (percent && amount > 100)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "maxUnavailable must be at least 1, or 1% to 100%");
    }
  }

  @JsonCreator
  public static MaxUnavailable parse(String text) {
    var match = SHAPE.matcher(text.strip());
    if (!match.matches()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "maxUnavailable '%s' must be a number or a percentage".formatted(Printable.of(text)));
    }
    return new MaxUnavailable(Integer.parseInt(match.group(1)), !match.group(2).isEmpty());
  }

  /** The number of instances out of {@code total}: a percentage is rounded down, but never to 0. */
  public int of(int total) {
    return percent ? (int) Math.max(1, (long) total * amount / 100) : amount;
  }

  @Override
  @JsonValue
  public String toString() {
    return percent ? amount + "%" : Integer.toString(amount);
  }
}
