package io.hydra.docto.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.scrub.Schedule.Turn;
import io.hydra.model.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Copy A = copy(1, Medium.DISK);
  private static final Copy B = copy(2, Medium.DISK);

  private final Schedule schedule = new Schedule(WEEK);

  @Test
  void givenNothingThenNoTurn() {
    assertThat(schedule.next(List.of(), _ -> Optional.empty(), _ -> Optional.empty(), NOW))
        .isEmpty();
  }

  @Test
  void givenACopyOfWhichNothingIsKnownThenItIsDue() {
    assertThat(next(Map.of(A, NOW), A, B).due()).isBeforeOrEqualTo(NOW);
    assertThat(next(Map.of(A, NOW), A, B).copy()).isEqualTo(B);
  }

  @Test
  void givenTwoCopiesThenTheOneThatIsDueFirst() {
    assertThat(next(Map.of(A, NOW, B, NOW.minus(WEEK)), A, B).copy()).isEqualTo(B);
    assertThat(next(Map.of(A, NOW.minus(WEEK), B, NOW), A, B).copy()).isEqualTo(A);
  }

  @Test
  void givenTwoMediaThenEachCopyHasItsTurn() {
    var inRam = copy(1, Medium.RAM);

    assertThat(next(Map.of(A, NOW), A, inRam).copy()).isEqualTo(inRam);
    assertThat(next(Map.of(inRam, NOW), A, inRam).copy()).isEqualTo(A);
  }

  @Test
  void givenManyCopiesProvenTogetherThenTheyAreDueOverAQuarterOfTheInterval() {
    var due =
        IntStream.range(0, 1000)
            .mapToObj(i -> copy(i, Medium.DISK))
            .map(copy -> next(Map.of(copy, NOW), copy).due())
            .map(at -> Duration.between(NOW, at))
            .toList();

    assertThat(due)
        .allSatisfy(after -> assertThat(after).isBetween(WEEK.multipliedBy(3).dividedBy(4), WEEK));
    var early =
        due.stream().filter(d -> d.compareTo(WEEK.multipliedBy(7).dividedBy(8)) < 0).count();
    assertThat(early).isBetween(300L, 700L);
  }

  @Test
  void givenATimeThatIsStillToComeThenItIsTakenForUnknown() {
    assertThat(next(Map.of(A, NOW.plusSeconds(60)), A).due()).isBeforeOrEqualTo(NOW);
  }

  @Test
  void givenSeveralThatAreDueThenTheOneThatHadNoTurnForLongest() {
    var proven = Map.of(A, NOW.minus(WEEK.multipliedBy(4)), B, NOW.minus(WEEK.multipliedBy(2)));
    var yesterday = NOW.minus(Duration.ofDays(1));

    assertThat(next(proven, Map.of(), A, B).copy()).isEqualTo(A);
    assertThat(next(proven, Map.of(A, yesterday), A, B).copy()).isEqualTo(B);
    assertThat(next(proven, Map.of(A, yesterday, B, NOW), A, B).copy()).isEqualTo(A);
  }

  @Test
  void givenOneThatIsDueAndWasBegunThenItIsBeforeOneThatIsNotDueYet() {
    assertThat(next(Map.of(B, NOW.minus(WEEK.dividedBy(2))), Map.of(A, NOW), A, B).copy())
        .isEqualTo(A);
  }

  private Turn next(Map<Copy, Instant> proven, Copy... copies) {
    return next(proven, Map.of(), copies);
  }

  private Turn next(Map<Copy, Instant> proven, Map<Copy, Instant> begun, Copy... copies) {
    return schedule.next(List.of(copies), byId(proven), byId(begun), NOW).orElseThrow();
  }

  private static Function<Copy.Id, Optional<Instant>> byId(Map<Copy, Instant> times) {
    var byId =
        times.entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().id(), Map.Entry::getValue));
    return id -> Optional.ofNullable(byId.get(id));
  }

  private static Copy copy(int number, Medium medium) {
    var digest = Digest.sha256(new byte[] {(byte) number, (byte) (number >> 8)});
    return new Copy(new CommittedContent(digest, 1, List.of()), medium);
  }
}
