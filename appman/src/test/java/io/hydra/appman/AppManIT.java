package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.AppManProcess;
import io.hydra.appman.support.FakeApplication;
import io.hydra.appman.support.FakeManager;
import io.hydra.appman.support.FakeNode;
import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What all tests of the packaged program share: a node, a manager, an application, an AppMan. */
abstract class AppManIT {
  static final ReleaseSet ONE = FakeNode.release(1);
  static final ReleaseSet TWO = FakeNode.release(2);
  static final ReleaseSet THREE = FakeNode.release(3);

  Path directory = Path.of("unset");
  final FakeManager manager = new FakeManager();
  final FakeApplication application = new FakeApplication();
  final Map<String, String> properties = new LinkedHashMap<>();
  FakeNode node = new FakeNode(directory);
  Optional<AppManProcess> appMan = Optional.empty();

  @BeforeEach
  void describeTheInstance(@TempDir Path fresh) {
    directory = fresh;
    node = new FakeNode(directory);
    properties.put("hydra.instance.id", "searcher-1");
    properties.put("hydra.instance.node", "node-1");
    properties.put("hydra.instance.channel", FakeNode.CHANNEL.toString());
    properties.put("hydra.manager.url", manager.uri().toString());
    properties.put("hydra.manager.grace", "500ms");
    properties.put("hydra.root", node.layout().root().toString());
    properties.put("hydra.ram-root", node.layout().ramRoot().orElseThrow().toString());
    properties.put("hydra.dir", dir().toString());
    properties.put("hydra.drain.settle", "300ms");
    properties.put("hydra.app.poll", "50ms");
    application.watch(this::isReady);
  }

  @AfterEach
  void endAll() {
    appMan.ifPresent(AppManProcess::close);
    application.close();
    manager.close();
  }

  void withHttpHooks() {
    properties.put("hydra.app.reload", "http");
    properties.put("hydra.app.reload-url", application.url("/reload"));
    properties.put("hydra.app.loaded-url", application.url("/loaded"));
    properties.put("hydra.app.ready-url", application.url("/ready"));
    properties.put("hydra.app.in-flight-url", application.url("/in-flight"));
  }

  AppManProcess start() {
    var started = AppManProcess.start(directory.resolve("appman.log"), properties);
    appMan = Optional.of(started);
    return started;
  }

  boolean isReady() {
    return appMan.filter(AppManProcess::isReady).isPresent();
  }

  Path dir() {
    return directory.resolve("appman");
  }

  String output() {
    return appMan.map(AppManProcess::output).orElse("");
  }

  /** Until the manager is told that the instance serves the release and takes traffic. */
  void awaitServing(ReleaseSet release) {
    awaitThat("serving " + release.ref(), () -> isServing(release));
  }

  /** Until it holds; what AppMan wrote is in the failure. */
  void awaitThat(String what, BooleanSupplier holds) {
    try {
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(20))
          .until(holds::getAsBoolean);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not " + what + "; AppMan's output:\n" + output(), e);
    }
  }

  boolean isServing(ReleaseSet release) {
    return manager
        .lastReport()
        .filter(report -> report.state() == InstanceState.SERVING && report.ready())
        .filter(report -> report.serving().equals(Optional.of(release.ref())))
        .isPresent();
  }

  /** Brings up an instance that serves the release. */
  AppManProcess startServing(ReleaseSet release) {
    node.bring(release);
    manager.grant(release);
    var started = start();
    awaitServing(release);
    return started;
  }

  void assertCurrentLeadsTo(ReleaseSet release) throws IOException {
    for (var dataset : release.datasets()) {
      assertThat(Files.readString(dir().resolve("current").resolve(dataset.name() + "/digest")))
          .isEqualTo(dataset.digest().hex());
    }
  }
}
