package io.hydra.manager.watch;

import static io.hydra.manager.watch.Samples.FIRST;
import static io.hydra.manager.watch.Samples.ID;
import static io.hydra.manager.watch.Samples.NOW;
import static io.hydra.manager.watch.Samples.SECOND;
import static io.hydra.manager.watch.Samples.created;
import static io.hydra.manager.watch.Samples.instance;
import static io.hydra.manager.watch.Samples.sight;
import static io.hydra.manager.watch.Samples.unheard;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutChangesTest {
  private static final Optional<ReleaseRef> NONE = Optional.empty();
  private static final Optional<ReleaseRef> ON_FIRST = Optional.of(FIRST);
  private static final Optional<ReleaseRef> ON_SECOND = Optional.of(SECOND);

  private Known known = Known.unseen(created());
  private Instant now = NOW;
  private final List<ChannelEvent> told = new ArrayList<>();

  /** What is told of it, after what was seen before. */
  private List<EventType> look(ChannelSight sight) {
    var result = RolloutChanges.between(ID, known, sight, now);
    known = new Known(sight.channel(), result.rollout(), Optional.of(result.instances()));
    told.addAll(result.events());
    return result.events().stream().map(ChannelEvent::type).toList();
  }

  @Test
  void givenALeadThatBeginsThenWhatIsFoundIsNoNews() {
    assertThat(
            look(
                sight(
                    RolloutPhase.DONE,
                    ON_FIRST,
                    instance("a", ON_FIRST, NONE, NONE),
                    unheard("b"))))
        .isEmpty();
    assertThat(
            look(
                sight(
                    RolloutPhase.DONE,
                    ON_FIRST,
                    instance("a", ON_FIRST, NONE, NONE),
                    instance("b", ON_FIRST, ON_SECOND, NONE))))
        .as("b says for the first time where it is")
        .isEmpty();
  }

  @Test
  void givenARolloutThenEachStepIsToldOnce() {
    look(sight(RolloutPhase.DONE, ON_FIRST, instance("a", ON_FIRST, NONE, NONE)));

    assertThat(look(sight(RolloutPhase.FETCHING, ON_SECOND, instance("a", ON_FIRST, NONE, NONE))))
        .containsExactly(EventType.ROLLOUT_PROGRESSED);
    var granted = sight(RolloutPhase.ROLLING, ON_SECOND, instance("a", ON_FIRST, NONE, ON_SECOND));
    assertThat(look(granted))
        .containsExactly(EventType.RELOAD_GRANTED, EventType.ROLLOUT_PROGRESSED);
    assertThat(look(granted)).isEmpty();
    var done = sight(RolloutPhase.DONE, ON_SECOND, instance("a", ON_SECOND, NONE, ON_SECOND));
    assertThat(look(done)).containsExactly(EventType.RELOAD_COMPLETED, EventType.ROLLOUT_DONE);
    assertThat(look(done)).isEmpty();
    assertThat(told)
        .filteredOn(event -> event.type() == EventType.RELOAD_COMPLETED)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.instance().orElseThrow().value()).isEqualTo("a");
              assertThat(event.before()).contains(FIRST);
            });
  }

  @Test
  void givenOneMoreOnTheTargetThenThatIsProgress() {
    var waiting = instance("b", ON_FIRST, NONE, NONE);
    look(sight(RolloutPhase.ROLLING, ON_SECOND, instance("a", ON_FIRST, NONE, ON_SECOND), waiting));

    assertThat(
            look(
                sight(
                    RolloutPhase.ROLLING,
                    ON_SECOND,
                    instance("a", ON_SECOND, NONE, ON_SECOND),
                    waiting)))
        .containsExactly(EventType.RELOAD_COMPLETED, EventType.ROLLOUT_PROGRESSED);
  }

  @Test
  void givenAFailedReloadThenItIsToldOnce() {
    look(sight(RolloutPhase.ROLLING, ON_SECOND, instance("a", ON_FIRST, NONE, ON_SECOND)));
    var failed = sight(RolloutPhase.ROLLING, ON_SECOND, instance("a", ON_FIRST, ON_SECOND, NONE));

    assertThat(look(failed)).containsExactly(EventType.RELOAD_FAILED);
    assertThat(look(failed)).isEmpty();
  }

  @Test
  void givenANewInstanceThenItsFirstReleaseIsNews() {
    look(sight(RolloutPhase.DONE, ON_FIRST));

    assertThat(look(sight(RolloutPhase.DONE, ON_FIRST, instance("a", ON_FIRST, NONE, ON_FIRST))))
        .contains(EventType.RELOAD_COMPLETED);
  }

  @Test
  void givenAStandstillThenItIsToldAfterAWhileAndOnce() {
    var blocked = sight(RolloutPhase.BLOCKED, ON_FIRST, unheard("a"));
    assertThat(look(blocked)).isEmpty();
    now = now.plus(RolloutChanges.STANDSTILL).minus(Duration.ofMillis(1));
    assertThat(look(blocked)).isEmpty();
    now = now.plusMillis(1);
    assertThat(look(blocked)).containsExactly(EventType.ROLLOUT_BLOCKED);
    assertThat(look(blocked)).isEmpty();
    assertThat(told.getLast().message()).isEqualTo("because of BLOCKED");
  }
}
