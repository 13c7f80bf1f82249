package io.hydra.testing.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Await;
import io.hydra.testing.traffic.Failure;
import io.hydra.testing.traffic.Traffic;
import io.hydra.testing.traffic.TrafficSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String GOOD =
      """
      {"language":"eng","release":"r1","sequence":1,"sentences":[
        {"text":"a","tokens":[{"text":"a","tag":"DET"}]},{"text":"b","tokens":[{"text":"b","tag":"NOUN"}]}]}
      """;

  private final FakeReplica one;
  private final FakeReplica two;
  private final Balancer balancer;
  private final Traffic traffic;

  BalancerTest() throws IOException {
    one = new FakeReplica(GOOD);
    two = new FakeReplica(GOOD);
    balancer = new Balancer(List.of(one.backend("one"), two.backend("two")));
    traffic = new Traffic(balancer.address());
  }

  @BeforeEach
  void start() {
    balancer.start();
    Await.until(
        "both are in", PATIENCE, () -> balancer.backends().stream().allMatch(Backend::isReady));
    traffic.start(200);
  }

  @AfterEach
  void stop() {
    traffic.close();
    balancer.close();
    one.close();
    two.close();
  }

  @Test
  void givenTwoReadyReplicas_whenRequestsCome_thenBothAnswerSome() {
    var summary = trafficUntil(20);

    assertThat(summary.failures()).isEmpty();
    assertThat(summary.byReplica()).containsOnlyKeys("one", "two");
  }

  @Test
  void givenAReplicaThatIsNotReady_whenRequestsCome_thenItGetsNone() {
    one.ready(false);
    Await.until("one is out", PATIENCE, () -> !balancer.backends().getFirst().isReady());
    Await.until("none in hand", PATIENCE, () -> balancer.backends().getFirst().inFlight() == 0);
    int before = one.requests.get();

    var summary = trafficUntil(traffic.summary().sent() + 50);

    assertThat(one.requests.get()).isEqualTo(before);
    assertThat(summary.failed()).isZero();
  }

  @Test
  void givenAReplicaThatDies_whenRequestsCome_thenTheFailureIsSeenAndNamesIt() {
    one.close();

    Await.until("a failure", PATIENCE, () -> traffic.summary().failed() > 0);

    assertThat(traffic.stop().failures()).extracting(Failure::replica).containsOnly("one");
  }

  @Test
  void givenAnOutage_whenItEnds_thenItsTimeIsKept() {
    one.ready(false);
    Await.until("one is out", PATIENCE, () -> !balancer.backends().getFirst().isReady());
    one.ready(true);
    Await.until("one is in", PATIENCE, () -> balancer.backends().getFirst().isReady());

    assertThat(balancer.backends().getFirst().outages()).isEqualTo(1);
    assertThat(balancer.backends().getFirst().out()).isPositive();
  }

  @Test
  void givenAWrongAnswer_whenItIsChecked_thenItCountsAsFailed() throws IOException {
    try (var wrong = new FakeReplica("{\"language\":\"deu\"}");
        var other = new Balancer(List.of(wrong.backend("wrong")));
        var checked = new Traffic(other.address())) {
      other.start();
      Await.until("it is in", PATIENCE, () -> other.backends().getFirst().isReady());
      checked.start(50);
      Await.until("some are sent", PATIENCE, () -> checked.summary().sent() > 5);

      var summary = checked.stop();

      assertThat(summary.answered()).isZero();
      assertThat(summary.failed()).isEqualTo(summary.sent());
    }
  }

  private TrafficSummary trafficUntil(long sent) {
    Await.until("traffic flowed", PATIENCE, () -> traffic.summary().sent() >= sent);
    return traffic.stop();
  }
}
