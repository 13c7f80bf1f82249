package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.HydraException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UptimeTest {
  private static Instant at(String text) {
    return ZonedDateTime.parse(text).toInstant();
  }

  private static boolean isUp(Uptime uptime, Instant now) {
    return switch (uptime.at(now)) {
      case UptimePhase.Up _ -> true;
      case UptimePhase.Down _ -> false;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-27T07:59:59+01:00|false",
        "2026-11-27T08:00:00+01:00|true",
        "2026-11-27T19:29:59+01:00|true",
        "2026-11-27T19:30:00+01:00|false",
        "2026-11-28T12:00:00+01:00|false",
        "2026-11-28T23:00:00+01:00|true",
        "2026-11-29T01:59:59+01:00|true",
        "2026-11-29T02:00:00+01:00|false"
      })
  void givenWindows_thenOneIsUpFromTheFirstMomentToBeforeTheLast_alsoPastMidnight(
      String now, boolean up) {
    var uptime = Uptime.parse("Mon-Fri 08:00-19:30, Sat 22:00-02:00 Europe/Berlin");

    assertThat(isUp(uptime, at(now))).isEqualTo(up);
  }

  @Test
  void givenAMoment_thenThePhaseTellsItsEnds() {
    var uptime = Uptime.parse("Mon-Fri 08:00-19:30 Europe/Berlin");

    assertThat(uptime.at(at("2026-11-28T12:00:00+01:00")))
        .isEqualTo(
            new UptimePhase.Down(
                at("2026-11-27T19:30:00+01:00"), Optional.of(at("2026-11-30T08:00:00+01:00"))));
    assertThat(uptime.at(at("2026-11-30T12:00:00+01:00")))
        .isEqualTo(
            new UptimePhase.Up(
                Optional.of(at("2026-11-30T08:00:00+01:00")),
                Optional.of(at("2026-11-30T19:30:00+01:00"))));
  }

  @Test
  void givenWindowsOfSeveralZonesThatMeet_thenTheyAreOne() {
    var uptime = Uptime.parse("Mon 08:00-12:00 Europe/Berlin; Mon 11:00-13:00 Europe/London");

    assertThat(uptime.at(at("2026-11-30T09:00:00+01:00")).until())
        .contains(at("2026-11-30T13:00:00Z"));
  }

  @Test
  void givenAllDays_thenThereIsNoEnd() {
    var uptime = Uptime.parse("Mon-Sun 00:00-24:00 America/New_York");

    assertThat(uptime.at(at("2026-03-08T07:00:00Z")).until()).isEmpty();
    assertThat(isUp(uptime, at("2026-03-08T07:00:00Z"))).isTrue();
  }

  @Test
  void givenNoWindow_thenItIsUp() {
    assertThat(isUp(Uptime.parse("none"), Instant.EPOCH)).isTrue();
    assertThat(Uptime.parse(" ")).isEqualTo(Uptime.NONE);
  }

  @Test
  void givenDaysWithCommas_thenTheyAreOneWindow() {
    var uptime = Uptime.parse("Mon,Wed-Thu 08:00-09:00 UTC,Sat 10:00-11:00 +02:00");

    assertThat(uptime.windows()).hasSize(2);
    assertThat(isUp(uptime, at("2026-12-03T08:30:00Z"))).isTrue();
    assertThat(isUp(uptime, at("2026-12-01T08:30:00Z"))).isFalse();
    assertThat(isUp(uptime, at("2026-12-05T08:30:00Z"))).isTrue();
    assertThat(Uptime.parse(uptime.toString()).at(Instant.EPOCH))
        .isEqualTo(uptime.at(Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08:00-19:30 Europe/Berlin",
        "Mon-Fri 08:00-19:30",
        "Mon-Fri 8-19 UTC",
        "Mon-Fri 08:00-08:00 UTC",
        "Mon-Fri 24:00-08:00 UTC",
        "Mon-Fri 08:00-24:30 UTC",
        "Mon-Fri 08:60-09:00 UTC",
        "Mon-Fri-Sat 08:00-09:00 UTC",
        "Mo-Fr 08:00-09:00 UTC",
        "Mon-Fri 08:00-09:00 Europe/Berln",
        "Mon-Fri",
        "Mon 08:00-09:00 UTC; Tue"
      })
  void givenWhatIsNoWindow_thenItIsRefused(String text) {
    assertThatThrownBy(() -> Uptime.parse(text))
        .isInstanceOf(HydraException.class)
        .hasMessageContaining("uptime window");
  }

  @Test
  void givenATimeThatThereIsTwice_thenItIsUpFromTheFirstToTheLast() {
    var uptime = Uptime.parse("Sun 02:15-02:45 Europe/Berlin");

    assertThat(uptime.at(at("2026-10-25T00:30:00Z")))
        .isEqualTo(
            new UptimePhase.Up(
                Optional.of(at("2026-10-25T02:15:00+02:00")),
                Optional.of(at("2026-10-25T02:45:00+01:00"))));
  }

  @Test
  void givenATimeThatThereIsNot_thenItBeginsWhenClocksArePutForward_orIsLeftOut() {
    var begins = Uptime.parse("Sun 02:30-09:00 Europe/Berlin");
    var within = Uptime.parse("Sun 02:15-02:45 Europe/Berlin");

    assertThat(begins.at(at("2026-03-29T01:00:00Z")))
        .isEqualTo(
            new UptimePhase.Up(
                Optional.of(at("2026-03-29T01:00:00Z")),
                Optional.of(at("2026-03-29T09:00:00+02:00"))));
    assertThat(within.at(at("2026-03-29T00:59:00Z")))
        .isEqualTo(
            new UptimePhase.Down(
                at("2026-03-22T02:45:00+01:00"), Optional.of(at("2026-04-05T02:15:00+02:00"))));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,08:00,19:30",
    "Europe/Berlin,02:30,03:30",
    "America/New_York,01:15,02:15",
    "America/St_Johns,00:00,12:00",
    "Australia/Lord_Howe,01:45,02:10",
    "America/Havana,23:30,24:00",
    "Asia/Kathmandu,22:00,06:00",
    "Africa/Casablanca,02:20,23:00",
    "UTC,00:00,24:00"
  })
  void givenAYearWithItsChangesOfClocks_thenItIsUpWhenTheClockSaysSo(
      String zone, String from, String to) {
    var uptime = Uptime.parse("Mon-Fri %s-%s %s".formatted(from, to, zone));
    var end = at("2027-01-01T00:00:00Z");

    for (var now = at("2026-01-01T00:00:00Z"); now.isBefore(end); now = now.plusSeconds(900)) {
      if (isFarFromChanges(now, ZoneId.of(zone))) {
        assertThat(isUp(uptime, now)).as("%s", now).isEqualTo(isUpByClock(uptime, now));
      }
    }
  }

  /** Nothing flaps: there is as much up and down as there are windows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon-Sun 02:15-02:45 Europe/Berlin",
        "Mon-Sun 01:30-02:30 America/New_York",
        "Mon-Sun 01:45-02:10 Australia/Lord_Howe",
        "Mon-Sun 22:00-02:30 Europe/London"
      })
  void givenAYear_thenPhasesFollowEachOtherWithoutGaps(String text) {
    var uptime = Uptime.parse(text);
    var end = at("2027-01-01T00:00:00Z");
    int changes = 0;

    var now = at("2026-01-01T12:00:00Z");
    while (now.isBefore(end)) {
      var next = uptime.at(now).until().orElseThrow();
      assertThat(next).isAfter(now);
      assertThat(isUp(uptime, next)).isNotEqualTo(isUp(uptime, now));
      assertThat(isUp(uptime, next.minusNanos(1))).isEqualTo(isUp(uptime, now));
      now = next;
      changes++;
    }

    assertThat(changes).isBetween(2 * 364 - 2, 2 * 365 + 1);
  }

  private static boolean isFarFromChanges(Instant now, ZoneId zone) {
    var before = zone.getRules().getOffset(now.minus(Duration.ofHours(3)));
    var after = zone.getRules().getOffset(now.plus(Duration.ofHours(3)));
    return before.equals(after);
  }

  private static boolean isUpByClock(Uptime uptime, Instant now) {
    var window = uptime.windows().getFirst();
    var local = now.atZone(window.zone());
    int minute = local.get(java.time.temporal.ChronoField.MINUTE_OF_DAY);
    var today = window.days().contains(local.getDayOfWeek());
    if (window.toMinute() > window.fromMinute()) {
      return today && minute >= window.fromMinute() && minute < window.toMinute();
    }
    var yesterday = window.days().contains(local.getDayOfWeek().minus(1));
    return (today && minute >= window.fromMinute()) || (yesterday && minute < window.toMinute());
  }

  @Test
  void givenText_thenTimesAreWhatItSays() {
    var window = Uptime.parse("mon 07:05-24:00 UTC").windows().getFirst();

    assertThat(LocalTime.ofSecondOfDay(window.fromMinute() * 60L)).isEqualTo(LocalTime.of(7, 5));
    assertThat(window.toMinute()).isEqualTo(24 * 60);
  }
}
