package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of the week in which something runs, such as {@code Mon-Fri 08:00-19:30 Europe/Berlin}.
 *
 * @param text as it was written
 * @param days on which it begins
 * @param fromMinute of the day, by the clocks of the zone
 * @param toMinute of the day; of the next one unless it is after {@code fromMinute}
 */
public record UptimeWindow(
    String text, Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone) {
  private static final int MINUTES_A_DAY = 24 * 60;
  private static final Pattern SHAPE =
      Pattern.compile("(\\S+)\\s+(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})(?:\\s+(\\S+))?");

  public UptimeWindow {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /** From the first moment to before the last. */
  public record Interval(Instant from, Instant to) {}

  /**
   * @param zone for a window that names none itself
   * @throws HydraException {@code INVALID_REQUEST} for anything that is no window
   */
  static UptimeWindow parse(String text, Optional<ZoneId> zone) {
    var match = SHAPE.matcher(text);
    if (!match.matches()) {
      throw invalid(text, "it must be written as Mon-Fri 08:00-19:30 Europe/Berlin");
    }
    int from = minute(text, match, 2);
    int to = minute(text, match, 4);
    if (from == MINUTES_A_DAY || from == to) {
      throw invalid(text, "it is empty; a whole day is 00:00-24:00");
    }
    return new UptimeWindow(
        text,
        days(text, match.group(1)),
        from,
        to,
        zone(text)
            .or(() -> zone)
            .orElseThrow(() -> invalid(text, "a time zone is missing, such as Europe/Berlin")));
  }

  /** The zone that the text names, if it does. */
  static Optional<ZoneId> zone(String text) {
    var match = SHAPE.matcher(text);
    if (!match.matches() || match.group(6) == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(match.group(6)));
    } catch (DateTimeException unknown) {
      throw invalid(text, "there is no time zone " + Printable.of(match.group(6)));
    }
  }

  private static int minute(String text, Matcher match, int group) {
    int hour = Integer.parseInt(match.group(group));
    int minute = Integer.parseInt(match.group(group + 1));
    int all = hour * 60 + minute;
    if (minute > 59 || all > MINUTES_A_DAY) {
      throw invalid(text, "there is no such time of the day");
    }
    return all;
  }

  private static Set<DayOfWeek> days(String text, String list) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var part : list.split(",", -1)) {
      var ends = part.split("-", -1);
      if (ends.length > 2) {
        throw invalid(text, "days are written Mon-Fri or Mon,Wed");
      }
      var last = day(text, ends[ends.length - 1]);
      for (var day = day(text, ends[0]); ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String text, String name) {
    for (var day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).equals(name.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw invalid(text, "days are Mon, Tue, Wed, Thu, Fri, Sat and Sun");
  }

  private static HydraException invalid(String text, String why) {
    return new HydraException(
        ErrorCode.INVALID_REQUEST, "uptime window '%s': %s".formatted(Printable.of(text), why));
  }

  /**
   * The window that begins on the day; empty where it begins on no such day, or where clocks that
   * are put forward leave nothing of it. A time that there is twice counts from the first to the
   * last, one that there is not is the moment at which clocks are put forward: so what runs is not
   * stopped in between, and never runs for less than was written.
   */
  public Optional<Interval> on(LocalDate day) {
    if (!days.contains(day.getDayOfWeek())) {
      return Optional.empty();
    }
    var midnight = day.atStartOfDay();
    int end = toMinute > fromMinute ? toMinute : toMinute + MINUTES_A_DAY;
    var from = instant(midnight.plusMinutes(fromMinute), true);
    var to = instant(midnight.plusMinutes(end), false);
    return from.isBefore(to) ? Optional.of(new Interval(from, to)) : Optional.empty();
  }

  private Instant instant(LocalDateTime local, boolean first) {
    var rules = zone.getRules();
    var transition = rules.getTransition(local);
    if (transition == null) {
      return local.toInstant(rules.getOffset(local));
    }
    if (transition.isGap()) {
      return transition.getInstant();
    }
    return local.toInstant(first ? transition.getOffsetBefore() : transition.getOffsetAfter());
  }

  @Override
  public String toString() {
    return text;
  }
}
