package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** How long a long poll may take. */
final class WaitTime {
  private static final Duration MAX = Duration.ofSeconds(60);
  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,6})(ms|s)");

  private WaitTime() {}

  /** Reads {@code 30s}, {@code 500ms} or ISO 8601; at most a minute, whatever was asked. */
  static Duration parse(String text) {
    var wanted = read(text);
    return wanted.compareTo(MAX) > 0 ? MAX : wanted;
  }

  private static Duration read(String text) {
    var simple = SIMPLE.matcher(text);
    if (simple.matches()) {
      long amount = Long.parseLong(simple.group(1));
      return simple.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    }
    try {
      var duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw refuse(text, e);
    }
    throw refuse(text, new IllegalArgumentException("negative"));
  }

  private static HydraException refuse(String text, Exception cause) {
    return new HydraException(
        ErrorCode.INVALID_REQUEST,
        "wait '%s' must be written like 30s, 500ms or PT30S".formatted(Printable.of(text)),
        cause);
  }
}
