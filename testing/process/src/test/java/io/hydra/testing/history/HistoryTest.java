package io.hydra.testing.history;

import static io.hydra.testing.history.Call.answered;
import static io.hydra.testing.history.Call.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.history.Call.Answer;
import io.hydra.testing.history.Call.Operation;
import io.hydra.testing.history.Call.Publish;
import io.hydra.testing.history.Call.Read;
import io.hydra.testing.history.Call.Rollback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What can have happened is taken; each fault that is planted is found. */
class HistoryTest {
  private static final int SCHEDULES = 300;

  private static Call publish(long start, long end, String content, long sequence) {
    return answered("a", start, end, new Publish(content), new Answer(sequence, sequence, content));
  }

  private static Call read(long start, long end, long head, long last, String content) {
    return answered("b", start, end, new Read(), new Answer(head, last, content));
  }

  private static Optional<String> violation(List<String> releases, Call... calls) {
    return new History(List.of(calls), releases).violation();
  }

  @Test
  void givenCallsOneAfterAnother_thenTheyAreTaken() {
    assertThat(
            violation(
                List.of("x", "y"),
                publish(1, 2, "x", 1),
                read(3, 4, 1, 1, "x"),
                publish(5, 6, "y", 2),
                answered("a", 7, 8, new Rollback(), new Answer(1, 2, "x")),
                read(9, 10, 1, 2, "x")))
        .isEmpty();
  }

  @Test
  void givenCallsAtTheSameTime_thenEitherMayComeFirst() {
    assertThat(
            violation(
                List.of("y", "x"),
                publish(1, 10, "x", 2),
                publish(2, 9, "y", 1),
                read(3, 8, 0, 0, ""),
                read(3, 8, 2, 2, "x")))
        .isEmpty();
  }

  @Test
  void givenAPublishWithoutAnAnswer_thenItMayHappenLaterOrNever() {
    assertThat(
            violation(
                List.of("y", "x"),
                unanswered("a", 1, new Publish("x")),
                unanswered("a", 1, new Publish("never")),
                publish(2, 3, "y", 1),
                read(4, 5, 1, 1, "y"),
                read(6, 7, 2, 2, "x")))
        .isEmpty();
  }

  @Test
  void givenAnAcknowledgedReleaseThatIsNotThereInTheEnd_thenThatIsFound() {
    assertThat(violation(List.of("x"), publish(1, 2, "x", 1), publish(3, 4, "y", 2))).isPresent();
    assertThat(violation(List.of("y"), publish(1, 2, "x", 1), publish(3, 4, "y", 2))).isPresent();
  }

  @Test
  void givenASequenceNumberThatIsUsedTwice_thenThatIsFound() {
    assertThat(violation(List.of("x"), publish(1, 5, "x", 1), publish(2, 6, "y", 1))).isPresent();
    assertThat(violation(List.of("x", "y"), publish(1, 5, "x", 1), publish(2, 6, "y", 1)))
        .isPresent();
  }

  @Test
  void givenAReadOfWhatIsNoMore_thenThatIsFound() {
    var first = publish(1, 2, "x", 1);
    var second = publish(3, 4, "y", 2);
    assertThat(violation(List.of("x", "y"), first, second, read(5, 6, 1, 1, "x"))).isPresent();
    // While both run, it may be so; once it was seen, never again.
    var long2 = publish(3, 20, "y", 2);
    assertThat(violation(List.of("x", "y"), first, long2, read(5, 6, 1, 1, "x"))).isEmpty();
    assertThat(
            violation(
                List.of("x", "y"), first, long2, read(5, 6, 2, 2, "y"), read(7, 8, 1, 1, "x")))
        .isPresent();
  }

  @Test
  void givenAReadOfWhatNobodyHasAskedForYet_thenThatIsFound() {
    assertThat(violation(List.of("x"), read(1, 2, 1, 1, "x"), unanswered("a", 3, new Publish("x"))))
        .isPresent();
  }

  @Test
  void givenARollbackThatADeposedLeaderUndoes_thenThatIsFound() {
    var rollback = answered("a", 5, 6, new Rollback(), new Answer(1, 2, "x"));
    assertThat(
            violation(
                List.of("x", "y"),
                publish(1, 2, "x", 1),
                publish(3, 4, "y", 2),
                rollback,
                read(7, 8, 2, 2, "y")))
        .isPresent();
  }

  @Test
  void givenAReleaseThatNobodyPublished_thenThatIsFound() {
    assertThat(violation(List.of("x", "alien"), publish(1, 2, "x", 1))).isPresent();
  }

  /** What clients of a channel without faults see, with connections that break. */
  private static final class Schedule {
    final List<Call> calls = new ArrayList<>();
    ChannelModel model = ChannelModel.EMPTY;
    private final Random random;

    private record Planned(long start, long point, long end, Operation operation) {}

    Schedule(long seed) {
      random = new Random(seed);
      var planned = new ArrayList<Planned>();
      for (int client = 0; client < 4; client++) {
        long now = random.nextInt(20);
        for (int i = 0; i < 12; i++) {
          long point = now + random.nextInt(30);
          long end = point + 1 + random.nextInt(30);
          planned.add(new Planned(now, point, end, operation(client + "-" + i)));
          now = end + 1 + random.nextInt(10);
        }
      }
      planned.sort(Comparator.comparingLong(Planned::point));
      planned.forEach(this::happen);
    }

    private Operation operation(String content) {
      return switch (random.nextInt(5)) {
        case 0, 1 -> new Publish(content);
        case 2 -> new Rollback();
        default -> new Read();
      };
    }

    private void happen(Planned planned) {
      boolean breaks = random.nextInt(8) == 0;
      if (breaks && random.nextBoolean()) {
        calls.add(unanswered("c", planned.start(), planned.operation()));
        return;
      }
      // Where there is nothing to go back to, a rollback is refused.
      model
          .after(planned.operation())
          .ifPresent(
              after -> {
                model = after;
                calls.add(
                    breaks
                        ? unanswered("c", planned.start(), planned.operation())
                        : answered(
                            "c",
                            planned.start(),
                            planned.end(),
                            planned.operation(),
                            after.answer()));
              });
    }

    List<Call> published() {
      return calls.stream()
          .filter(call -> call.answer().isPresent() && call.operation() instanceof Publish)
          .sorted(Comparator.comparingLong(Call::start))
          .toList();
    }
  }

  @Test
  void givenAnyScheduleWithoutFaults_thenItIsTaken() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      var schedule = new Schedule(seed);
      assertThat(new History(schedule.calls, schedule.model.contents()).violation())
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void givenAnyScheduleThatHasLostAnAcknowledgedRelease_thenThatIsFound() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      var schedule = new Schedule(seed);
      var lost = schedule.published().getLast().answer().orElseThrow().content();
      var left = schedule.model.contents().stream().filter(c -> !c.equals(lost)).toList();
      assertThat(new History(schedule.calls, left).violation()).as("seed %d", seed).isPresent();
    }
  }

  /** As two leaders would, of whom neither knows of the other. */
  @Test
  void givenAnyScheduleInWhichTwoPublishesHaveEachOthersNumber_thenThatIsFound() {
    int swapped = 0;
    for (long seed = 0; seed < SCHEDULES; seed++) {
      var schedule = new Schedule(seed);
      var first = schedule.published().getFirst();
      var last = schedule.published().getLast();
      if (first.end() >= last.start()) {
        continue;
      }
      swapped++;
      var calls = new ArrayList<>(schedule.calls);
      calls.removeAll(List.of(first, last));
      calls.add(with(first, last));
      calls.add(with(last, first));
      var contents = new ArrayList<>(schedule.model.contents());
      Collections.swap(contents, number(first), number(last));
      assertThat(new History(calls, contents).violation()).as("seed %d", seed).isPresent();
    }
    assertThat(swapped).isGreaterThan(SCHEDULES / 2);
  }

  private static int number(Call call) {
    return (int) call.answer().orElseThrow().last() - 1;
  }

  private static Call with(Call call, Call other) {
    var content = ((Publish) call.operation()).content();
    var theirs = other.answer().orElseThrow();
    return answered(
        call.client(),
        call.start(),
        call.end(),
        call.operation(),
        new Answer(theirs.head(), theirs.last(), content));
  }
}
