package io.hydra.testing.bench;

import io.hydra.testing.fleet.Landscape;
import java.time.Duration;
import java.util.List;

/**
 * What is measured of one number of agents, with all channels.
 *
 * @param scale where it is put
 * @param peer does the same, in turns with us
 */
record ScaleRun(
    AgentsMeasures.Scale scale,
    int agents,
    FleetManager manager,
    ConsulPeer peer,
    PublishTimes times,
    AgentsRows rows,
    Progress progress) {
  private static final Duration IDLE = PublishCost.WINDOW.multipliedBy(2);
  private static final double NANOS_PER_SECOND = 1e9;

  void measure() throws InterruptedException {
    rows.attempt(List.of(scale.idle(), scale.resident()), this::idle);
    rows.attempt(List.of(scale.median(), scale.worst()), this::toPools);
    rows.attempt(
        List.of(scale.everywhereMedian(), scale.everywhereWorst(), scale.everywhereCost()),
        this::everywhere);
    rows.attempt(List.of(scale.granted()), this::granted);
    rows.attempt(
        List.of(scale.peak()), () -> rows.put(scale.peak(), manager.use().memory().peak()));
  }

  private void idle() throws Exception {
    progress.say("nothing is published for %d s".formatted(IDLE.toSeconds()));
    var before = manager.use().processorTime();
    peer.beginIdle();
    long began = System.nanoTime();
    Thread.sleep(IDLE);
    var spent = manager.use().processorTime().minus(before);
    rows.put(scale.idle(), spent.toMillis() / ((System.nanoTime() - began) / NANOS_PER_SECOND));
    rows.put(scale.resident(), manager.use().memory().resident());
    peer.endIdle(scale);
  }

  private void toPools() throws Exception {
    put(scale.median(), scale.worst(), times.toPools(agents, peer::toPool));
  }

  /** What agents that have nothing to do would have cost meanwhile is not counted. */
  private void everywhere() throws Exception {
    var before = manager.use().processorTime();
    long began = System.nanoTime();
    var series = times.everywhere(agents, peer::everywhere);
    double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    double spent = manager.use().processorTime().minus(before).toMillis();
    double idle = rows.of(scale.idle()).orElse(0.0) * seconds;
    put(scale.everywhereMedian(), scale.everywhereWorst(), series);
    rows.put(
        scale.everywhereCost(), (spent - idle) / series.values().size() / Landscape.doctos(agents));
  }

  private void put(Measure median, Measure worst, Series series) {
    rows.put(median, series.median());
    rows.put(worst, series.percentile(99));
    progress.say(
        "  median %.1f ms, 90 %% %.1f, 99 %% %.1f, most %.1f"
            .formatted(
                series.median(), series.percentile(90), series.percentile(99), series.most()));
  }

  private void granted() throws Exception {
    rows.put(scale.granted(), times.granted(agents).median());
  }
}
