package io.hydra.cli.option;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 2d} and {@code 0}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    var written = text.strip().toUpperCase(Locale.ROOT);
    if (written.equals("0")) {
      return Duration.ZERO;
    }
    try {
      var duration = Duration.parse(iso(written));
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException malformed) {
      throw notADuration(text);
    }
    throw notADuration(text);
  }

  private static String iso(String written) {
    if (written.startsWith("P")) {
      return written;
    }
    int days = written.indexOf('D');
    if (days < 0) {
      return "PT" + written;
    }
    var rest = written.substring(days + 1);
    return "P" + written.substring(0, days + 1) + (rest.isEmpty() ? "" : "T" + rest);
  }

  private static TypeConversionException notADuration(String text) {
    return new TypeConversionException(
        "'" + text + "' is not a duration; write it like 90s, 15m or 1h30m");
  }
}
