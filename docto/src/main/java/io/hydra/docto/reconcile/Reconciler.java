package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Inventory;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.desired.DesiredState;
import io.hydra.docto.operate.Operator;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.place.LiveFiles;
import io.hydra.docto.place.NodeSpace;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** The tick. Each one begins from the facts; events only wake it sooner. */
@Singleton
public final class Reconciler {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int COPIES_AT_ONCE = 1;
  private static final int CHECKS_AT_ONCE = 2;

  private final DesiredState desired;
  private final Inventory inventory;
  private final NodeSpace space;
  private final Operator operator;
  private final LiveFiles liveFiles;
  private final Clock clock;
  private final Planner planner;
  private final Wakeup wakeup = new Wakeup();

  Reconciler(
      DesiredState desired,
      Inventory inventory,
      NodeSpace space,
      Operator operator,
      LiveFiles liveFiles,
      Clock clock,
      FetchConfig config) {
    this.desired = desired;
    this.inventory = inventory;
    this.space = space;
    this.operator = operator;
    this.liveFiles = liveFiles;
    this.clock = clock;
    this.planner =
        new Planner(new Limits(Math.max(1, config.datasets()), COPIES_AT_ONCE, CHECKS_AT_ONCE));
    desired.listen(wakeup::signal);
    operator.listen(wakeup::signal);
  }

  /** Waits for the next occasion, then brings the node a step nearer to what is desired. */
  public void tick() throws InterruptedException {
    try {
      desired.keep();
      execute(plan());
      writeLiveFiles();
    } catch (IOException e) {
      LOG.errorf("code=STORAGE_FAILED %s", e.toString());
    }
    wakeup.await(INTERVAL);
  }

  private Plan plan() throws IOException {
    var order = desired.newest();
    // Read before the measurement: bytes written in between are then counted twice, never not.
    var actual = inventory.snapshot();
    var free = measure();
    return order.isPresent()
        ? planner.plan(order.get(), actual, free, clock.instant())
        : planner.planWithoutOrder(actual, free, clock.instant());
  }

  private void execute(Plan plan) {
    inventory.shortages(plan.shortages());
    plan.operations().forEach(operator::start);
  }

  private void writeLiveFiles() throws IOException {
    var order = desired.newest();
    if (order.isPresent()) {
      liveFiles.bringUpToDate(order.get(), inventory.snapshot());
    }
  }

  private Space measure() throws IOException {
    var ram = space.ram();
    return new Space(
        space.disk().free(),
        ram.isPresent() ? OptionalLong.of(ram.get().free()) : OptionalLong.empty());
  }
}
