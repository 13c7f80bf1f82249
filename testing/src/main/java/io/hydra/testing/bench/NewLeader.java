package io.hydra.testing.bench;

import io.hydra.testing.fleet.Fleet;
import io.hydra.testing.fleet.Landscape;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long it takes a manager that was killed and started to lead again. */
record NewLeader(
    FleetManager manager,
    Fleet fleet,
    FleetPublisher publisher,
    Population population,
    Progress progress) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LEADERS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * In seconds.
   *
   * @param answers from its end until its first answer
   * @param heard from then until it has heard all agents
   * @param settled from its first answer until all are told of a publish
   */
  private record Once(double answers, double heard, double settled) {}

  /** Of several times, each the most. */
  record Found(double answers, double heard, double settled) {
    private static Found most(List<Once> times) {
      return new Found(
          new Series(times.stream().map(Once::answers).toList()).most(),
          new Series(times.stream().map(Once::heard).toList()).most(),
          new Series(times.stream().map(Once::settled).toList()).most());
    }
  }

  Found measure() throws InterruptedException {
    var times = new ArrayList<Once>();
    for (int i = 0; i < LEADERS; i++) {
      progress.say(
          "a new leader: the manager is killed and started, %d of %d".formatted(i + 1, LEADERS));
      times.add(once());
      population.settle();
      fleet.takeFailures();
    }
    return Found.most(times);
  }

  private Once once() throws InterruptedException {
    fleet.hearAnew();
    long killed = System.nanoTime();
    manager.killAndStart();
    fleet.hearAnew();
    Await.moment(
        () -> "the manager answers",
        PATIENCE,
        () ->
            Http.succeeds(manager.address().resolve("/q/health/ready"))
                ? Optional.of(true)
                : Optional.empty());
    long answered = System.nanoTime();
    Await.until("all agents are heard", PATIENCE, () -> fleet.heard() == fleet.size());
    double heard = (fleet.lastHeard() - answered) / NANOS_PER_SECOND;
    double answers = (answered - killed) / NANOS_PER_SECOND;
    Await.until("the leader gives orders", PATIENCE, () -> manager.client().info().settled());
    double toldAfter = publisher.untilTold(Landscape.EVERYWHERE, Landscape.doctos(fleet.size()));
    double settled = (System.nanoTime() - answered) / NANOS_PER_SECOND;
    progress.say(
        "  answered after %.1f s, all heard %.1f s later; a publish then was told after %.0f ms"
            .formatted(answers, heard, toldAfter));
    return new Once(answers, heard, settled);
  }
}
