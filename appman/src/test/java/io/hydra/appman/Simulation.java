package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.config.Settings;
import io.hydra.appman.drain.Drain;
import io.hydra.appman.drain.Traffic;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.health.InstanceReadiness;
import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.lifecycle.Planner;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.lifecycle.Restart;
import io.hydra.appman.lifecycle.StateFile;
import io.hydra.appman.reload.CurrentLink;
import io.hydra.appman.reload.NodeData;
import io.hydra.appman.reload.ReloadCheck;
import io.hydra.appman.report.Notice;
import io.hydra.appman.report.ReportComposer;
import io.hydra.appman.report.Trouble;
import io.hydra.appman.support.FakeNode;
import io.hydra.appman.support.MutableClock;
import io.hydra.appman.target.NodeFallback;
import io.hydra.appman.target.Orders;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.Grant;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An AppMan on a clock of its own, with real files and everything else played. */
final class Simulation {
  static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(30);

  final MutableClock clock = new MutableClock();
  final SimulatedApplication application = new SimulatedApplication();
  final FakeNode node;
  final SimulatedCluster cluster = new SimulatedCluster();
  private final boolean replacesPods;
  private final Traffic traffic = unready -> cluster.goneSince(unready);
  private final Settings settings;
  private long epoch = 1;
  private Optional<InstanceDesired> order = Optional.empty();
  private Instant lastUp = Instant.MIN;
  private AppMan appMan;

  /** The parts of one run of AppMan. */
  private record AppMan(
      Conductor conductor,
      Lifecycle lifecycle,
      Orders orders,
      ApplicationMonitor monitor,
      InstanceReadiness readiness,
      CurrentLink current,
      ReportComposer composer) {}

  Simulation(Path directory) {
    this(directory, false);
  }

  /**
   * @param replacesPods instead of bringing the application onto new data
   */
  Simulation(Path directory, boolean replacesPods) {
    this.replacesPods = replacesPods;
    node = new FakeNode(directory);
    settings = settings(directory);
    appMan = begin();
    application.beforeTouch = this::assertOutOfTraffic;
  }

  private Settings settings(Path directory) {
    return new Settings(
        new InstanceId("searcher-1"),
        FakeNode.CHANNEL,
        new NodeName("node-1"),
        node.layout(),
        directory.resolve("appman"),
        URI.create("http://127.0.0.1:1"),
        Duration.ofSeconds(5),
        new ReloadWay.Http(URI.create("http://127.0.0.1:2")),
        new Settings.Hooks(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofMillis(300)),
        Duration.ofSeconds(10),
        new Settings.Timing(SETTLE, DRAIN_DEADLINE, Duration.ofMinutes(2)));
  }

  private AppMan begin() {
    var json = HydraJson.mapper();
    var data = new NodeData(settings.layout());
    var file = StateFile.open(settings.directory(), json);
    var current = new CurrentLink(settings.directory(), data);
    var monitor = new ApplicationMonitor(application, () -> {});
    var initial = new Restart(data::hasAllOf, current::leadsTo).from(file.read(), clock.instant());
    var lifecycle = new Lifecycle(file, initial, new SimpleMeterRegistry(), () -> {});
    var orders = new Orders(file, () -> {});
    orders.miss();
    var trouble = new Trouble(() -> {});
    var check =
        new ReloadCheck(
            monitor, application, settings.reload(), Duration.ofSeconds(1), clock, clock);
    var conductor =
        new Conductor(
            lifecycle,
            new Planner(true, replacesPods),
            orders,
            new NodeFallback(settings.layout(), settings.channel(), json),
            data,
            monitor,
            new Drain(settings.timing(), traffic, application),
            new Mover(lifecycle, current, data, application, check, monitor, settings, clock),
            new Replacement(cluster, settings.timing().reloadDeadline(), clock),
            trouble,
            clock,
            settings.managerGrace());
    var readiness = new InstanceReadiness(lifecycle, monitor, application::isStopped);
    var notice = new Notice(settings.timing().settle(), clock);
    return new AppMan(
        conductor,
        lifecycle,
        orders,
        monitor,
        readiness,
        current,
        new ReportComposer(lifecycle, orders, readiness, monitor, trouble, notice));
  }

  private void assertOutOfTraffic() {
    assertThat(isUp()).as("touched in traffic").isFalse();
    assertThat(Duration.between(lastUp, clock.instant()))
        .as("time out of traffic before the application is touched")
        .isGreaterThanOrEqualTo(SETTLE);
  }

  void grant(ReleaseSet release, boolean letGo) {
    epoch++;
    var grant = new Grant(epoch, release.ref(), release.datasets(), letGo);
    order(new InstanceDesired(epoch, Optional.of(grant)));
  }

  void withdraw() {
    epoch++;
    order(new InstanceDesired(epoch, Optional.empty()));
  }

  private void order(InstanceDesired newest) {
    order = Optional.of(newest);
    assertThat(appMan.orders().accept(newest)).isTrue();
  }

  /** AppMan is killed and started again; the manager tells the next one what it told the last. */
  void killAppMan() {
    appMan = begin();
  }

  /** The application ends and begins with nothing. */
  void restartApplication() {
    application.loaded = Map.of();
  }

  /** Time passes, and everyone has a look. */
  void step(Duration time) {
    try {
      appMan.monitor().poll();
      remember();
      var _ = appMan.conductor().tick();
      remember();
    } catch (SimulatedApplication.Killed killed) {
      killAppMan();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    clock.advance(time);
    order.ifPresent(newest -> assertThat(appMan.orders().accept(newest)).isTrue());
  }

  private void remember() {
    if (isUp()) {
      lastUp = clock.instant();
    }
  }

  void settleDown() {
    for (int i = 0; i < 600; i++) {
      step(Duration.ofMillis(200));
    }
  }

  boolean isUp() {
    return appMan.readiness().isUp();
  }

  InstanceLifecycle state() {
    return appMan.lifecycle().snapshot().state();
  }

  boolean currentLeadsTo(ReleaseSet release) {
    return appMan.current().leadsTo(release);
  }

  InstanceReport report() {
    return appMan.composer().compose();
  }
}
