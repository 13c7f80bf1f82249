package io.hydra.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Sizes, shares and times as people read them. */
public final class Quantities {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int BAR = 20;

  private Quantities() {}

  /** Bytes in the largest binary unit that keeps it at 1 or more, such as {@code 10.6 MiB}. */
  public static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    // 1023.95 would be written 1024.0 of the smaller unit.
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** How long ago, in the largest whole unit, such as {@code 5m}. What is to come is 0s ago. */
  public static String age(Instant then, Instant now) {
    var elapsed = Duration.between(then, now);
    if (elapsed.isNegative()) {
      return "0s";
    }
    if (elapsed.toDays() > 0) {
      return elapsed.toDays() + "d";
    }
    if (elapsed.toHours() > 0) {
      return elapsed.toHours() + "h";
    }
    return elapsed.toMinutes() > 0 ? elapsed.toMinutes() + "m" : elapsed.toSeconds() + "s";
  }

  /** Whole percent, rounded down so that 100 means all; all of nothing is 100. */
  public static int percent(long part, long total) {
    return total <= 0 ? 100 : (int) Math.clamp((double) part / total * 100, 0, 100);
  }

  /** A bar such as {@code [#####...............]}. */
  public static String bar(long part, long total) {
    int filled = percent(part, total) * BAR / 100;
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
  }

  /** To the second, in the zone, as ISO 8601 with its offset. */
  public static String time(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
  }

  /** A duration in the units that options take, such as {@code 1h30m}. */
  public static String duration(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
