package io.hydra.testing.history;

import static io.hydra.testing.history.Call.answered;
import static io.hydra.testing.history.Call.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.history.Call.Heads;
import io.hydra.testing.history.Call.Impossible;
import io.hydra.testing.history.Call.Operation;
import io.hydra.testing.history.Call.Pin;
import io.hydra.testing.history.Call.Publish;
import io.hydra.testing.history.Call.Published;
import io.hydra.testing.history.Call.ReadChannel;
import io.hydra.testing.history.Call.ReadReleases;
import io.hydra.testing.history.Call.Releases;
import io.hydra.testing.history.Call.Rollback;
import io.hydra.testing.history.Call.Unpin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What can have happened is taken; each fault that is planted is found. */
class HistoryTest {
  private static final int SCHEDULES = 200;

  private static Call publish(long start, long end, String content, long sequence) {
    return answered("a", start, end, new Publish(content), new Published(sequence));
  }

  private static Call read(long start, long end, long head, long last, String content) {
    var rejected = new HashSet<Long>();
    LongStream.rangeClosed(head + 1, last).forEach(rejected::add);
    return answered(
        "b", start, end, new ReadReleases(), new Releases(head, 0, last, content, rejected));
  }

  private static Call readHead(long start, long end, long head, long pin) {
    return answered("b", start, end, new ReadChannel(), new Heads(head, pin));
  }

  private static Call rollback(long start, long end, long head) {
    return answered("a", start, end, new Rollback(Optional.empty()), new Heads(head, 0));
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
                rollback(7, 8, 1),
                read(9, 10, 1, 2, "y")))
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
    assertThat(
            violation(
                List.of("x", "y"),
                publish(1, 2, "x", 1),
                publish(3, 4, "y", 2),
                rollback(5, 6, 1),
                read(7, 8, 2, 2, "y")))
        .isPresent();
  }

  @Test
  void givenReleasesThatAreGoneBackAndForthBetween_thenThatIsTaken() {
    assertThat(
            violation(
                List.of("x", "y", "z"),
                publish(1, 2, "x", 1),
                publish(3, 4, "y", 2),
                publish(5, 6, "z", 3),
                answered("a", 7, 8, new Rollback(Optional.of(1L)), new Heads(1, 0)),
                answered("a", 9, 10, new Rollback(Optional.of(2L)), new Heads(2, 0)),
                answered("a", 11, 12, new Pin(3), new Heads(2, 3)),
                answered("b", 13, 14, new ReadReleases(), new Releases(2, 3, 3, "z", Set.of(3L))),
                answered("a", 15, 16, new Unpin(), new Heads(2, 0)),
                readHead(17, 18, 2, 0)))
        .isEmpty();
  }

  @Test
  void givenAPinThatIsForgotten_thenThatIsFound() {
    var published = publish(1, 2, "x", 1);
    var pin = answered("a", 3, 4, new Pin(1), new Heads(1, 1));
    assertThat(violation(List.of("x"), published, pin, readHead(5, 6, 1, 1))).isEmpty();
    assertThat(violation(List.of("x"), published, pin, readHead(5, 6, 1, 0))).isPresent();
  }

  @Test
  void givenARefusalOfWhatWasPossible_thenThatIsFound() {
    var first = publish(1, 2, "x", 1);
    var refused = answered("a", 5, 6, new Rollback(Optional.empty()), new Impossible());
    assertThat(violation(List.of("x"), first, refused)).isEmpty();
    assertThat(violation(List.of("x", "y"), first, publish(3, 4, "y", 2), refused)).isPresent();
    // While the publish runs, either may come first.
    assertThat(violation(List.of("x", "y"), first, publish(3, 7, "y", 2), refused)).isEmpty();
  }

  @Test
  void givenARefusalThatHasChangedSomething_thenThatIsFound() {
    var unknown = answered("a", 3, 4, new Pin(2), new Impossible());
    assertThat(violation(List.of("x"), publish(1, 2, "x", 1), unknown, readHead(5, 6, 1, 2)))
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
      return switch (random.nextInt(10)) {
        case 0, 1, 2 -> new Publish(content);
        case 3 -> new Rollback(Optional.empty());
        case 4 -> new Rollback(Optional.of(1L + random.nextInt(5)));
        case 5 -> random.nextBoolean() ? new Pin(1 + random.nextInt(5)) : new Unpin();
        case 6, 7 -> new ReadReleases();
        default -> new ReadChannel();
      };
    }

    private void happen(Planned planned) {
      boolean breaks = random.nextInt(8) == 0;
      if (breaks && random.nextBoolean()) {
        calls.add(unanswered("c", planned.start(), planned.operation()));
        return;
      }
      var after = model.after(planned.operation());
      var answer = after.map(now -> now.answer(planned.operation())).orElseGet(Impossible::new);
      model = after.orElse(model);
      calls.add(
          breaks
              ? unanswered("c", planned.start(), planned.operation())
              : answered("c", planned.start(), planned.end(), planned.operation(), answer));
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
      var lost = content(schedule.published().getLast());
      var left = schedule.model.contents().stream().filter(c -> !c.equals(lost)).toList();
      assertThat(new History(schedule.calls, left).violation()).as("seed %d", seed).isPresent();
    }
  }

  @Test
  void givenAnyScheduleAndAReadAfterwardsOfTheChannelAsItWasAtFirst_thenThatIsFound() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      var schedule = new Schedule(seed);
      var calls = new ArrayList<>(schedule.calls);
      calls.add(readHead(1_000_000, 1_000_001, 0, 0));
      assertThat(new History(calls, schedule.model.contents()).violation())
          .as("seed %d", seed)
          .isPresent();
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
    return (int) sequence(call) - 1;
  }

  private static long sequence(Call call) {
    return ((Published) call.answer().orElseThrow()).sequence();
  }

  private static String content(Call call) {
    return ((Publish) call.operation()).content();
  }

  private static Call with(Call call, Call other) {
    return answered(
        call.client(), call.start(), call.end(), call.operation(), new Published(sequence(other)));
  }
}
