package io.hydra.manager.watch;

import static io.hydra.manager.watch.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {
  private static final int KEPT = 3;
  private static final Clock CLOCK = Clock.fixed(Samples.NOW, ZoneOffset.UTC);

  private final Chronicle chronicle = new Chronicle(KEPT, new Random(1));

  private Watch watch(Optional<String> from, Predicate<ChannelEvent> wanted) {
    return new Watch(chronicle, from, wanted, CLOCK, () -> {});
  }

  private Watch watch(Optional<String> from) {
    return watch(from, _ -> true);
  }

  private static List<ChannelEvent> events(Watch watch) throws InterruptedException {
    return watch.next(Duration.ZERO) instanceof Watch.Next.Events(var events, var _)
        ? events
        : List.of();
  }

  private static List<String> messages(Watch watch) throws InterruptedException {
    return events(watch).stream().map(ChannelEvent::message).toList();
  }

  private static EventType onlyType(Watch watch) throws InterruptedException {
    var events = events(watch);
    assertThat(events).hasSize(1);
    return events.getFirst().type();
  }

  private void happen(String... messages) {
    for (var message : messages) {
      chronicle.add(event(message));
    }
  }

  @Test
  void givenABeginningThenAResetComesFirstAndOnlyWhatHappensAfterwards() throws Exception {
    happen("before");
    var watch = watch(Optional.empty());
    happen("after");

    assertThat(onlyType(watch)).isEqualTo(EventType.RESET);
    assertThat(messages(watch)).containsExactly("after");
    assertThat(messages(watch)).isEmpty();
  }

  @Test
  void givenTheResetsIdThenItGoesOnAfterIt() throws Exception {
    var reset = events(watch(Optional.empty())).getFirst();
    happen("a", "b");

    assertThat(messages(watch(Optional.of(reset.id())))).containsExactly("a", "b");
  }

  @Test
  void givenAnEventsIdThenItGoesOnAfterItWithoutAReset() throws Exception {
    var watch = watch(Optional.empty());
    events(watch);
    happen("a", "b", "c");
    var a = events(watch).getFirst();

    assertThat(messages(watch(Optional.of(a.id())))).containsExactly("b", "c");
  }

  @Test
  void givenMoreThanIsKeptSinceThenItIsToldThatSomeAreMissing() throws Exception {
    var watch = watch(Optional.empty());
    events(watch);
    happen("a");
    var a = events(watch).getFirst();
    happen("b", "c", "d");
    assertThat(messages(watch(Optional.of(a.id())))).containsExactly("b", "c", "d");
    happen("e");

    var late = watch(Optional.of(a.id()));

    assertThat(onlyType(late)).isEqualTo(EventType.RESET);
    assertThat(events(late)).isEmpty();
  }

  @Test
  void givenAnIdOfAnotherLeadThenItIsToldSo() throws Exception {
    happen("a");
    var other = new Chronicle(KEPT, new Random(2));
    other.add(event("x"));

    assertThat(onlyType(watch(Optional.of(other.end().toString())))).isEqualTo(EventType.RESET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "0123456789abcdef-", "0123456789abcdef-99999999999999999999"})
  void givenWhatIsNoIdThenItBeginsAnew(String id) throws Exception {
    assertThat(onlyType(watch(Optional.of(id)))).isEqualTo(EventType.RESET);
  }

  @Test
  void givenAnIdThatIsYetToComeThenItBeginsAnew() throws Exception {
    var future = new Position(chronicle.end().life(), 7).toString();

    assertThat(onlyType(watch(Optional.of(future)))).isEqualTo(EventType.RESET);
  }

  @Test
  void givenOneThatIsTooSlowThenItEndsInsteadOfSkipping() throws Exception {
    var watch = watch(Optional.empty());
    events(watch);
    happen("a", "b", "c", "d");

    assertThat(watch.next(Duration.ZERO)).isInstanceOf(Watch.Next.End.class);
  }

  @Test
  void givenEventsThatAreNotWantedThenItsPlaceMovesOnAllTheSame() throws Exception {
    var watch = watch(Optional.empty(), event -> event.message().equals("mine"));
    events(watch);
    happen("other");
    var place =
        watch.next(Duration.ZERO) instanceof Watch.Next.Events(var none, var position)
                && none.isEmpty()
            ? position
            : "";
    happen("b", "c", "mine");

    assertThat(messages(watch(Optional.of(place)))).containsExactly("b", "c", "mine");
  }

  @Test
  void givenTheLeadEndsThenWhatHappenedIsToldAndThenTheEnd() throws Exception {
    var watch = watch(Optional.empty());
    events(watch);
    happen("last");
    chronicle.close();

    assertThat(messages(watch)).containsExactly("last");
    assertThat(watch.next(Duration.ofMinutes(1))).isInstanceOf(Watch.Next.End.class);
  }

  @Test
  void givenOneThatWaitsThenAnEventWakesIt() throws Exception {
    var watch = watch(Optional.empty());
    events(watch);
    var next = new CompletableFuture<Watch.Next>();
    var waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    next.complete(watch.next(Duration.ofMinutes(5)));
                  } catch (InterruptedException e) {
                    next.completeExceptionally(e);
                  }
                });
    happen("a");

    assertThat(next.get(30, TimeUnit.SECONDS)).isInstanceOf(Watch.Next.Events.class);
    waiting.join();
  }
}
