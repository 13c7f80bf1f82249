package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Failed;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.InstanceLifecycle.Waiting;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.FakeNode;
import io.hydra.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an instance does, as a whole; everything around it is played. */
class ConductorTest {
  private static final ReleaseSet ONE = FakeNode.release(1);
  private static final ReleaseSet TWO = FakeNode.release(2);
  private static final ReleaseSet THREE = FakeNode.release(3);
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final Simulation world;

  ConductorTest(@TempDir Path directory) {
    world = new Simulation(directory);
  }

  private void serve(ReleaseSet release) {
    world.node.bring(release);
    world.grant(release, false);
    world.settleDown();
    assertThat(world.state()).isEqualTo(new Serving(release));
    assertThat(world.isUp()).isTrue();
  }

  private void stepUntilDraining() {
    for (int i = 0; i < 50 && !(world.state() instanceof Draining); i++) {
      world.step(MOMENT);
    }
    assertThat(world.state()).isInstanceOf(Draining.class);
  }

  @Test
  void givenNewerGrantWhileDraining_thenOnlyTheNewerIsLoaded() {
    serve(ONE);
    world.node.bring(TWO);
    world.node.bring(THREE);
    world.grant(TWO, false);
    stepUntilDraining();

    world.grant(THREE, false);
    world.settleDown();

    assertThat(world.application.loads).containsExactly(ONE, THREE);
  }

  @Test
  void givenAGrantThatVanishesWhileDraining_thenTheInstanceReturnsUntouched() {
    serve(ONE);
    world.node.bring(TWO);
    world.grant(TWO, false);
    stepUntilDraining();

    world.withdraw();
    world.step(MOMENT);
    world.step(MOMENT);

    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.application.loads).containsExactly(ONE);
  }

  @Test
  void givenAGrantThatVanishesAfterLettingGo_thenTheOldDataIsLoadedAgain() {
    serve(ONE);
    world.grant(TWO, true);
    world.settleDown();
    assertThat(world.report().released()).isTrue();

    world.withdraw();
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.application.loads).containsExactly(ONE, ONE);
  }

  @Test
  void givenAnApplicationThatWaitsForItsData_thenCurrentLeadsToItBeforeTheApplicationIsThere() {
    world.application.reachable = false;
    world.grant(ONE, false);
    world.settleDown();
    assertThat(world.currentLeadsTo(ONE)).isFalse();
    assertThat(world.report().fault().orElseThrow().code()).isEqualTo(ErrorCode.NOT_FOUND);

    world.node.bring(ONE);
    world.settleDown();
    assertThat(world.currentLeadsTo(ONE)).isTrue();
    assertThat(world.state()).isEqualTo(new Waiting(Optional.empty()));

    world.application.reachable = true;
    world.settleDown();
    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.application.loads).containsExactly(ONE);
  }

  @Test
  void givenANewerGrantBeforeTheApplicationIsThere_thenCurrentLeadsToTheNewer() {
    world.application.reachable = false;
    world.node.bring(ONE);
    world.node.bring(TWO);
    world.grant(ONE, false);
    world.settleDown();

    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.currentLeadsTo(TWO)).isTrue();
    assertThat(world.state()).isEqualTo(new Waiting(Optional.empty()));
  }

  /** As after a restart of the machine, which has lost what was in RAM. */
  @Test
  void givenALostApplicationAndLostData_whenANewerReleaseComes_thenCurrentLeadsToIt() {
    serve(ONE);
    world.application.reachable = false;
    world.node.evict(ONE);
    world.killAppMan();
    world.settleDown();

    world.node.bring(TWO);
    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.currentLeadsTo(TWO)).isTrue();
  }

  @Test
  void givenRequestsInHand_thenNothingIsLoadedBeforeTheDrainsDeadline() {
    serve(ONE);
    world.node.bring(TWO);
    world.application.inFlight = 1;
    world.grant(TWO, false);
    stepUntilDraining();

    for (int i = 0; i < 100; i++) {
      world.step(MOMENT);
    }

    assertThat(world.state()).isInstanceOf(Draining.class);
    world.settleDown();
    assertThat(world.state()).isEqualTo(new Serving(TWO));
  }

  @Test
  void givenDataThatIsMissing_thenNoTrafficIsGivenUp() {
    serve(ONE);

    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.isUp()).isTrue();
    assertThat(world.report().fault().orElseThrow().code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void givenARefusedRelease_thenTheLastGoodIsServedAndTheFailureReported() {
    serve(ONE);
    world.node.bring(TWO);
    world.application.refused.add(TWO);

    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.report().failed()).contains(TWO.ref());
    assertThat(world.report().fault().orElseThrow().code()).isEqualTo(ErrorCode.RELOAD_FAILED);
    assertThat(world.application.loads).containsExactly(ONE, TWO, ONE);
  }

  @Test
  void givenARefusedRelease_thenItIsTriedAgainOnlyUnderANewGrant() {
    serve(ONE);
    world.node.bring(TWO);
    world.application.refused.add(TWO);
    world.grant(TWO, false);
    world.settleDown();
    world.killAppMan();
    world.settleDown();
    assertThat(world.application.loads).containsExactly(ONE, TWO, ONE);

    world.application.refused.clear();
    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(TWO));
    assertThat(world.report().failed()).isEmpty();
  }

  @Test
  void givenNothingGoodToGoBackTo_thenTheInstanceHasFailedUntilAnotherGrant() {
    world.node.bring(ONE);
    world.node.bring(TWO);
    world.application.refused.add(ONE);
    world.grant(ONE, false);
    world.settleDown();
    assertThat(world.state()).isInstanceOf(Failed.class);

    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(TWO));
  }

  @Test
  void givenNothingGoodToGoBackTo_thenTheSameReleaseIsTriedAgainAndNotTooOften() {
    world.node.bring(ONE);
    world.application.refused.add(ONE);
    world.grant(ONE, false);
    world.settleDown();
    assertThat(world.report().failed()).contains(ONE.ref());
    assertThat(world.application.loads).hasSizeBetween(2, 20);

    world.killAppMan();
    world.application.refused.clear();
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.report().failed()).isEmpty();
  }

  @Test
  void givenAnApplicationThatDoesNotComeBack_thenTheReleaseIsNotBlamed() {
    serve(ONE);
    world.node.bring(TWO);
    world.grant(TWO, false);
    stepUntilDraining();
    world.application.reachable = false;
    world.settleDown();
    assertThat(world.report().failed()).isEmpty();

    world.application.reachable = true;
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(TWO));
  }

  @Test
  void givenAnApplicationThatLostItsData_thenItIsLoadedAgainAfterADrain() {
    serve(ONE);

    world.restartApplication();
    world.settleDown();

    assertThat(world.isUp()).isTrue();
    assertThat(world.application.loads).containsExactly(ONE, ONE);
  }

  @Test
  void givenAnAppManThatWasKilled_thenAnApplicationWithTheRightDataIsLeftAlone() {
    serve(ONE);

    world.killAppMan();
    world.step(MOMENT);

    assertThat(world.isUp()).isTrue();
    assertThat(world.application.loads).containsExactly(ONE);
  }

  @Test
  void givenNoManagerAndNoNotes_thenTheNodesLastGoodReleaseIsServedAfterTheGrace() {
    world.node.bring(ONE);
    world.node.live(ONE);
    world.step(MOMENT);
    assertThat(world.state()).isEqualTo(new Waiting(Optional.empty()));

    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(ONE));
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /**
   * Whatever happens in whatever order, the application is touched only out of traffic (the
   * simulation checks each time), and once things calm down the instance serves what it should.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void givenRandomEvents_thenTheInstanceEndsOnItsTarget(int seed) {
    var random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      happen(random);
      world.step(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 300 : 3000)));
    }

    world.application.refused.clear();
    world.application.crash = SimulatedApplication.Crash.NONE;
    world.application.reachable = true;
    world.application.inFlight = 0;
    var target = FakeNode.release(5);
    world.node.bring(target);
    world.grant(target, false);
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(target));
    assertThat(world.isUp()).isTrue();
    assertThat(world.currentLeadsTo(target)).isTrue();
    assertThat(world.application.loaded).isEqualTo(target.contents());
  }

  private void happen(Random random) {
    var release = FakeNode.release(1 + random.nextInt(4));
    switch (random.nextInt(14)) {
      case 0, 1 -> world.grant(release, random.nextInt(4) == 0);
      case 2 -> world.withdraw();
      case 3, 4, 5 -> world.node.bring(release);
      case 6 -> world.node.evict(release);
      case 7 -> world.killAppMan();
      case 8 -> world.restartApplication();
      case 9 -> world.application.reachable = random.nextBoolean();
      case 10 -> world.application.inFlight = random.nextInt(2);
      case 11 -> toggle(release);
      case 12 -> world.application.crash = crash(random);
      default -> {
        // Nothing happens, which is an event as well.
      }
    }
  }

  private void toggle(ReleaseSet release) {
    if (!world.application.refused.remove(release)) {
      world.application.refused.add(release);
    }
  }

  private static SimulatedApplication.Crash crash(Random random) {
    return List.of(SimulatedApplication.Crash.values()).get(random.nextInt(3));
  }
}
