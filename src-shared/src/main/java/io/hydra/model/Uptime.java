package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When consumers run: windows of the week, written one after another with {@code ;} or {@code ,}
 * between. One without a time zone has that of the next one that names any. {@code none} says
 * nothing.
 */
public record Uptime(List<UptimeWindow> windows) {
  public static final Uptime NONE = new Uptime(List.of());
  private static final String NONE_TEXT = "none";

  /**
   * Windows return each week; one that is left out, as clocks were put forward over it, is there
   * the week before and after.
   */
  private static final int DAYS_AROUND = 16;

  public Uptime {
    windows = List.copyOf(windows);
  }

  /**
   * @throws io.hydra.error.HydraException {@code INVALID_REQUEST} for anything that is no window
   */
  @JsonCreator
  public static Uptime parse(String text) {
    if (text.isBlank() || text.strip().equals(NONE_TEXT)) {
      return NONE;
    }
    var windows = new ArrayDeque<UptimeWindow>();
    Optional<ZoneId> zone = Optional.empty();
    for (var part : parts(text).reversed()) {
      var later = zone;
      zone = UptimeWindow.zone(part).or(() -> later);
      windows.addFirst(UptimeWindow.parse(part, zone));
    }
    return new Uptime(List.copyOf(windows));
  }

  /** A comma may stand between days, too: what has no times yet goes on. */
  private static List<String> parts(String text) {
    Deque<String> parts = new ArrayDeque<>();
    var begun = new StringBuilder();
    for (var piece : text.split("(?<=[;,])", -1)) {
      var stripped = piece.replaceFirst("[;,]\\s*$", "").strip();
      begun.append(stripped);
      if (stripped.contains(":") || piece.endsWith(";")) {
        parts.add(begun.toString());
        begun.setLength(0);
        continue;
      }
      begun.append(begun.isEmpty() ? "" : ",");
    }
    if (!begun.isEmpty()) {
      parts.add(begun.toString());
    }
    return new ArrayList<>(parts);
  }

  /** What holds at the moment; up all the time without any window. */
  public UptimePhase at(Instant now) {
    if (windows.isEmpty()) {
      return new UptimePhase.Up(Optional.empty(), Optional.empty());
    }
    var around = around(now);
    var since = now.minusSeconds(DAYS_AROUND * 86_400L);
    for (var interval : around) {
      if (now.isBefore(interval.from())) {
        return new UptimePhase.Down(since, Optional.of(interval.from()));
      }
      if (now.isBefore(interval.to())) {
        return new UptimePhase.Up(
            Optional.of(interval.from()),
            Optional.of(interval.to()).filter(end -> isNear(now, end)));
      }
      since = interval.to();
    }
    return new UptimePhase.Down(since, Optional.empty());
  }

  /** Later ones are only the end of what was looked at. */
  private static boolean isNear(Instant now, Instant end) {
    return end.isBefore(now.plusSeconds((DAYS_AROUND - 2) * 86_400L));
  }

  /** In order, without overlaps; windows that touch are one. */
  private List<UptimeWindow.Interval> around(Instant now) {
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var all =
        today
            .minusDays(DAYS_AROUND)
            .datesUntil(today.plusDays(DAYS_AROUND))
            .flatMap(day -> windows.stream().flatMap(window -> window.on(day).stream()))
            .sorted(Comparator.comparing(UptimeWindow.Interval::from))
            .toList();
    var merged = new ArrayDeque<UptimeWindow.Interval>();
    for (var next : all) {
      var last = merged.peekLast();
      if (last == null || last.to().isBefore(next.from())) {
        merged.addLast(next);
      } else if (next.to().isAfter(last.to())) {
        merged.removeLast();
        merged.addLast(new UptimeWindow.Interval(last.from(), next.to()));
      }
    }
    return List.copyOf(merged);
  }

  @Override
  @JsonValue
  public String toString() {
    return windows.isEmpty()
        ? NONE_TEXT
        : windows.stream().map(UptimeWindow::toString).collect(Collectors.joining("; "));
  }
}
