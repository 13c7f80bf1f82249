package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.FakeNode;
import io.hydra.error.ErrorCode;
import io.hydra.wire.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that gets onto new data by having its pod replaced, and drains in a cluster. */
class EvictionTest {
  private static final ReleaseSet ONE = FakeNode.release(1);
  private static final ReleaseSet TWO = FakeNode.release(2);
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final Fault REFUSED =
      new Fault(ErrorCode.DISRUPTION_REFUSED, "PodDisruptionBudget search/searcher allows none");

  private final Path directory;
  private Simulation world;

  EvictionTest(@TempDir Path directory) {
    this.directory = directory;
    this.world = new Simulation(directory, true);
  }

  private void serveOneAndGrantTwo() {
    world.node.bring(ONE);
    world.node.bring(TWO);
    world.grant(ONE, false);
    world.settleDown();
    assertThat(world.state()).isEqualTo(new Serving(ONE));
    world.grant(TWO, false);
  }

  private void pass(Duration time) {
    for (long i = 0; i < time.dividedBy(MOMENT); i++) {
      world.step(MOMENT);
    }
  }

  @Test
  void givenANewRelease_thenThePodIsEvictedOutOfTrafficAndTheApplicationKeepsWhatItHas() {
    serveOneAndGrantTwo();
    pass(Duration.ofSeconds(5));

    assertThat(world.cluster.evictions).isEqualTo(1);
    assertThat(world.isUp()).isFalse();
    assertThat(world.state()).isInstanceOf(Draining.class);
    assertThat(world.application.loads).containsExactly(ONE);
    assertThat(world.currentLeadsTo(ONE)).isTrue();
  }

  @Test
  void givenAFreshPod_thenItBeginsWithWhatIsGrantedAndIsNotEvicted() {
    world.node.bring(TWO);
    world.grant(TWO, false);
    world.settleDown();

    assertThat(world.state()).isEqualTo(new Serving(TWO));
    assertThat(world.cluster.asked).isZero();
  }

  @Test
  void givenABudgetThatRefuses_thenItAsksAgainMoreAndMoreSeldomAndSaysWhy() {
    serveOneAndGrantTwo();
    world.cluster.refusal = Optional.of(REFUSED);
    pass(Duration.ofSeconds(60));

    assertThat(world.cluster.asked).isBetween(5, 30);
    assertThat(world.report().fault()).contains(REFUSED);
    assertThat(world.report().moving()).contains(TWO.ref());

    world.cluster.refusal = Optional.empty();
    pass(Duration.ofSeconds(15));
    assertThat(world.cluster.evictions).isEqualTo(1);
    assertThat(world.report().failed()).isEmpty();
  }

  @Test
  void givenABudgetThatRefusesForTooLong_thenItServesWhatItHasForAWhileAndStillSaysWhy() {
    serveOneAndGrantTwo();
    world.cluster.refusal = Optional.of(REFUSED);
    pass(Duration.ofSeconds(140));

    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.isUp()).isTrue();
    assertThat(world.report().fault()).contains(REFUSED);
    assertThat(world.report().failed()).isEmpty();

    pass(Duration.ofSeconds(60));
    assertThat(world.state()).isInstanceOf(Draining.class);
  }

  @Test
  void givenAnOrderThatIsTakenBackWhileItIsRefused_thenItServesOn() {
    serveOneAndGrantTwo();
    world.cluster.refusal = Optional.of(REFUSED);
    pass(Duration.ofSeconds(5));
    world.withdraw();
    pass(Duration.ofSeconds(1));

    assertThat(world.state()).isEqualTo(new Serving(ONE));
    assertThat(world.isUp()).isTrue();
  }

  @Test
  void givenServicesThatStillSendTraffic_thenNothingIsTouchedBeforeTheyStop() {
    world = new Simulation(directory.resolve("other"));
    serveOneAndGrantTwo();
    world.cluster.sendsTraffic = true;
    pass(Duration.ofSeconds(20));
    assertThat(world.state()).isInstanceOf(Draining.class);
    assertThat(world.application.loads).containsExactly(ONE);

    world.cluster.sendsTraffic = false;
    pass(Duration.ofSeconds(2));
    assertThat(world.application.loads).containsExactly(ONE, TWO);
  }

  @Test
  void givenServicesThatNeverStop_thenTheDeadlineEndsTheDrain() {
    world = new Simulation(directory.resolve("other"));
    serveOneAndGrantTwo();
    world.cluster.sendsTraffic = true;
    pass(Duration.ofSeconds(29));
    assertThat(world.application.loads).containsExactly(ONE);

    pass(Duration.ofSeconds(3));
    assertThat(world.application.loads).containsExactly(ONE, TWO);
  }
}
