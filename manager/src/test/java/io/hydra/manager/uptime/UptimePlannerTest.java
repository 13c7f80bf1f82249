package io.hydra.manager.uptime;

import static io.hydra.manager.uptime.Given.WEEKDAYS;
import static io.hydra.manager.uptime.Given.acted;
import static io.hydra.manager.uptime.Given.annotated;
import static io.hydra.manager.uptime.Given.at;
import static io.hydra.manager.uptime.Given.scaled;
import static io.hydra.manager.uptime.Given.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Uptime;
import io.hydra.model.UptimePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UptimePlannerTest {
  private static final Instant DAY = at("2026-11-26T12:00:00+01:00");
  private static final Instant EVENING = at("2026-11-26T19:30:00+01:00");
  private static final Instant NIGHT = at("2026-11-26T23:00:00+01:00");
  private static final Instant NEXT_DAY = at("2026-11-27T08:00:00+01:00");
  private static final Instant NEXT_NIGHT = at("2026-11-27T23:00:00+01:00");
  private static final Memory BLANK = new Memory.Blank();

  private static final Subject RUNNING = subject(3, WEEKDAYS, BLANK);

  private static Optional<UptimeAction> plan(Subject subject, Instant now) {
    return UptimePlanner.plan(subject, Given.NODES, now);
  }

  @Test
  void givenTheEndOfAWindow_thenItIsScaledToZero_andWhatItWasIsRemembered() {
    var down = acted(RUNNING, EVENING);

    assertThat(plan(RUNNING, EVENING.minusMillis(1))).isEmpty();
    assertThat(down.workload().replicas()).isZero();
    assertThat(down.workload().memory())
        .isEqualTo(new Memory.Kept(3, EVENING, WEEKDAYS, Optional.empty(), Given.NODES));
    assertThat(plan(down, NIGHT)).isEmpty();
  }

  @Test
  void givenTheStartOfAWindow_thenItReturnsToWhatItWas_andNothingIsRemembered() {
    var down = acted(RUNNING, EVENING);

    assertThat(plan(down, NEXT_DAY.minusMillis(1))).isEmpty();
    assertThat(acted(down, NEXT_DAY)).isEqualTo(RUNNING);
  }

  @Test
  void givenAWorkloadAtZeroByDay_thenItStaysThere() {
    var zero = scaled(RUNNING, 0);

    assertThat(plan(zero, NIGHT)).isEmpty();
    assertThat(plan(zero, NEXT_DAY)).isEmpty();
  }

  @Test
  void givenReplicasThatWereChangedByDay_thenThoseReturn() {
    var changed = scaled(acted(acted(RUNNING, EVENING), NEXT_DAY), 5);

    assertThat(acted(acted(changed, NEXT_NIGHT), at("2026-11-30T09:00:00+01:00")))
        .isEqualTo(changed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void givenSomebodyScalesItUpByNight_thenItStaysSoUntilTheWindow(int replicas) {
    var manual = acted(scaled(acted(RUNNING, EVENING), replicas), NIGHT);

    assertThat(manual.workload().replicas()).isEqualTo(replicas);
    assertThat(plan(manual, NEXT_DAY.minusMillis(1))).isEmpty();
    assertThat(acted(manual, NEXT_DAY)).isEqualTo(RUNNING);
  }

  @Test
  void givenSomebodyScalesItUpAndBackByNight_thenItReturnsToWhatItWasInTheMorning() {
    var manual = acted(scaled(acted(RUNNING, EVENING), 2), NIGHT);
    var back = acted(scaled(manual, 0), NIGHT.plusSeconds(60));

    assertThat(back.workload().replicas()).isZero();
    assertThat(acted(back, NEXT_DAY)).isEqualTo(RUNNING);
  }

  @Test
  void givenNoManagerOverTheMorning_whenSomebodyScalesItUpByDay_thenThatIsRespected() {
    var byHand = scaled(acted(RUNNING, EVENING), 5);

    assertThat(acted(byHand, NEXT_DAY.plusSeconds(3600))).isEqualTo(subject(5, WEEKDAYS, BLANK));
  }

  @Test
  void givenNoManagerForAWholeDay_thenByNightItStaysAtZero_andCanStillBeScaledUp() {
    var yesterday = acted(RUNNING, EVENING);

    var tonight = acted(yesterday, NEXT_NIGHT);
    var manual = acted(scaled(tonight, 2), NEXT_NIGHT.plusSeconds(60));

    assertThat(tonight.workload().replicas()).isZero();
    assertThat(manual.workload().replicas()).isEqualTo(2);
    assertThat(acted(manual, at("2026-11-30T08:00:00+01:00"))).isEqualTo(RUNNING);
  }

  @Test
  void givenNoManagerForAWholeDay_whenSomebodyScaledItUpByDay_thenByNightItIsScaledToZero() {
    var byHand = scaled(acted(RUNNING, EVENING), 5);

    var tonight = acted(byHand, NEXT_NIGHT);

    assertThat(tonight.workload().replicas()).isZero();
    assertThat(acted(tonight, at("2026-11-30T08:00:00+01:00")))
        .isEqualTo(subject(5, WEEKDAYS, BLANK));
  }

  @Test
  void givenOtherWindows_thenTheyHoldAtOnce() {
    var down = acted(RUNNING, EVENING);
    var manual = acted(scaled(down, 1), NIGHT);
    var longer = Optional.of("Mon-Fri 08:00-23:30 Europe/Berlin");
    var shorter = Optional.of("Mon-Fri 08:00-20:00 Europe/Berlin");

    assertThat(acted(annotated(down, longer, Optional.empty()), NIGHT).workload().replicas())
        .isEqualTo(3);
    assertThat(acted(annotated(manual, shorter, Optional.empty()), NIGHT).workload().replicas())
        .isZero();
  }

  @Test
  void givenWindowsThatAreTakenAway_thenItReturnsAtOnce_andIsLeftAloneFromThenOn() {
    var free = annotated(acted(RUNNING, EVENING), Optional.empty(), Optional.empty());

    var back = acted(free, NIGHT);

    assertThat(back.workload().replicas()).isEqualTo(3);
    assertThat(plan(back, NEXT_NIGHT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,3", "false,0", "2026-11-27T00:00:00+01:00,3", "2026-11-26T22:00:00+01:00,0"})
  void givenAnOptOut_thenItHoldsUntilItsEnd(String exclude, int replicas) {
    var excluded = annotated(acted(RUNNING, EVENING), Optional.of(WEEKDAYS), Optional.of(exclude));

    assertThat(acted(excluded, NIGHT).workload().replicas()).isEqualTo(replicas);
  }

  @ParameterizedTest
  @CsvSource({"Mon-Fri 8-19,", "Mon-Fri 08:00-19:30 Europe/Berlin,soon"})
  void givenWhatCannotBeUnderstood_thenNothingIsDone(String uptime, String exclude) {
    var unclear = annotated(RUNNING, Optional.of(uptime), Optional.ofNullable(exclude));

    assertThat(unclear.rule(NIGHT)).isInstanceOf(Rule.Unclear.class);
    assertThat(plan(unclear, NIGHT)).isEmpty();
  }

  @Test
  void givenAMemoryThatCannotBeRead_thenNothingIsDone() {
    var torn = Memory.of(java.util.Map.of(Memory.REPLICAS, "three"));

    assertThat(plan(subject(0, WEEKDAYS, torn), NEXT_DAY)).isEmpty();
    assertThat(plan(subject(3, WEEKDAYS, torn), NIGHT)).isEmpty();
  }

  @Test
  void givenSeveralWhoSaySomething_thenTheNearestCounts() {
    var plain = Given.workload(3, Optional.empty(), BLANK);
    var namespace = Optional.of("Mon 00:00-01:00 UTC");
    var channel = Optional.of(Uptime.parse("Tue 00:00-01:00 UTC"));
    var own = Given.workload(3, Optional.of("Wed 00:00-01:00 UTC"), BLANK);

    assertThat(new Subject(own, namespace, channel).rule(DAY))
        .isEqualTo(new Rule.Windows(Uptime.parse("Wed 00:00-01:00 UTC"), "its annotation"));
    assertThat(new Subject(plain, namespace, channel).rule(DAY))
        .isEqualTo(new Rule.Windows(channel.orElseThrow(), "channel"));
    assertThat(new Subject(plain, namespace, Optional.of(Uptime.NONE)).rule(DAY))
        .isEqualTo(new Rule.Windows(Uptime.parse("Mon 00:00-01:00 UTC"), "namespace"));
    assertThat(new Subject(plain, Optional.empty(), Optional.empty()).rule(DAY))
        .isEqualTo(new Rule.Free());
  }

  @Test
  void givenAWorkloadThatIsNoConsumer_thenItsNamespaceSaysNothingOfIt() {
    var plain = Given.workload(3, Optional.empty(), BLANK);
    var other =
        new Workload(
            plain.id(),
            "uid",
            "1",
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            java.util.Map.of(),
            BLANK);

    assertThat(new Subject(other, Optional.of(WEEKDAYS), Optional.empty()).rule(NIGHT))
        .isEqualTo(new Rule.Free());
  }

  /**
   * A year with its changes of clocks, a manager that looks at irregular times and is away for up
   * to two days: whenever it has looked, it is as the windows say.
   */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,02:15,02:45,1",
    "Europe/Berlin,08:00,19:30,2",
    "America/New_York,01:30,02:30,3",
    "Australia/Lord_Howe,01:45,02:10,4",
    "America/Havana,23:30,00:30,5",
    "Africa/Casablanca,02:30,23:00,6",
    "Asia/Kathmandu,22:00,06:00,7"
  })
  void givenAYear_thenAfterEachLookItIsAsTheWindowsSay(
      String zone, String from, String to, long seed) {
    var text = "Mon-Sat %s-%s %s".formatted(from, to, zone);
    var uptime = Uptime.parse(text);
    var random = new Random(seed);
    var subject = subject(4, text, BLANK);

    var now = at("2026-01-01T00:00:00Z");
    while (now.isBefore(at("2027-01-01T00:00:00Z"))) {
      subject = acted(subject, now);
      boolean up = uptime.at(now) instanceof UptimePhase.Up;
      assertThat(subject.workload().replicas()).as("%s", now).isEqualTo(up ? 4 : 0);
      assertThat(plan(subject, now)).as("done once at %s", now).isEmpty();
      var pause = random.nextInt(50) == 0 ? Duration.ofDays(2) : Duration.ofHours(1);
      now = now.plusSeconds(random.nextLong(pause.toSeconds()) + 1);
    }
  }

  /** Whatever happens, what nobody gave windows is not touched, and what was running returns. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givenPeopleWhoScaleAtRandom_thenWhatTheyGaveLastByDayReturns(long seed) {
    var random = new Random(seed);
    var uptime = Uptime.parse(WEEKDAYS);
    var subject = subject(4, WEEKDAYS, BLANK);
    int byDay = 4;

    for (var now = DAY; now.isBefore(DAY.plus(Duration.ofDays(60))); now = now.plusSeconds(900)) {
      subject = acted(subject, now);
      boolean up = uptime.at(now) instanceof UptimePhase.Up;
      if (up) {
        assertThat(subject.workload().replicas()).as("%s", now).isEqualTo(byDay);
      }
      if (random.nextInt(20) == 0) {
        int replicas = random.nextInt(1, 6);
        subject = scaled(subject, replicas);
        byDay = up ? replicas : byDay;
        subject = acted(subject, now.plusSeconds(5));
        assertThat(subject.workload().replicas()).as("%s", now).isEqualTo(replicas);
      }
    }
  }
}
