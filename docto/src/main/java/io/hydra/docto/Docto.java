package io.hydra.docto;

import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.config.StorageConfig;
import io.hydra.docto.desired.DesiredFeed;
import io.hydra.docto.desired.DesiredState;
import io.hydra.docto.fetch.StagingArea;
import io.hydra.docto.manager.ManagerCalls;
import io.hydra.docto.operate.Operator;
import io.hydra.docto.pace.Loop;
import io.hydra.docto.place.Clearance;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.place.LiveFiles;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.place.RamRoot;
import io.hydra.docto.place.RootLock;
import io.hydra.docto.reconcile.Reconciler;
import io.hydra.docto.report.Reporter;
import io.hydra.docto.report.StoreReadiness;
import io.hydra.docto.scrub.Scrubber;
import io.hydra.layout.NodeLayout;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** The agent's life: opens the store, starts the loops, stops them. */
@Singleton
final class Docto {
  private static final Logger LOG = Logger.getLogger(Docto.class);
  private static final Duration STOP_OPERATIONS = Duration.ofSeconds(3);
  private static final Duration END_BY_ITSELF = Duration.ofMillis(200);
  private static final Duration STOP_LOOP = Duration.ofMillis(500);

  private final StorageConfig storage;
  private final NodeLayout layout;
  private final ContentStore store;
  private final StagingArea staging;
  private final LiveFiles liveFiles;
  private final NodeSpace space;
  private final Inventory inventory;
  private final DesiredState desired;
  private final DesiredFeed feed;
  private final Reconciler reconciler;
  private final Operator operator;
  private final Scrubber scrubber;
  private final Reporter reporter;
  private final StoreReadiness readiness;
  private final ManagerCalls manager;
  private final List<Loop> loops = new ArrayList<>();
  private final List<RootLock> locks = new ArrayList<>();

  Docto(
      StorageConfig storage,
      NodeLayout layout,
      ContentStore store,
      StagingArea staging,
      LiveFiles liveFiles,
      NodeSpace space,
      Inventory inventory,
      DesiredState desired,
      DesiredFeed feed,
      Reconciler reconciler,
      Operator operator,
      Scrubber scrubber,
      Reporter reporter,
      @Readiness StoreReadiness readiness,
      ManagerCalls manager) {
    this.storage = storage;
    this.layout = layout;
    this.store = store;
    this.staging = staging;
    this.liveFiles = liveFiles;
    this.space = space;
    this.inventory = inventory;
    this.desired = desired;
    this.feed = feed;
    this.reconciler = reconciler;
    this.operator = operator;
    this.scrubber = scrubber;
    this.reporter = reporter;
    this.readiness = readiness;
    this.manager = manager;
  }

  void start(@Observes StartupEvent event) throws IOException {
    locks.addAll(RootLock.take(layout));
    if (storage.removeData()) {
      leave();
      return;
    }
    store.open();
    liveFiles.open();
    takeInventory();
    scrubber.open();
    desired.load();
    loops.add(Loop.start("reconcile", reconciler::tick));
    loops.add(Loop.start("desired", feed::poll));
    loops.add(Loop.start("report", reporter::round));
    loops.add(Loop.start("scrub", scrubber::round));
    readiness.opened();
    LOG.infof(
        "state=started root=%s ram-root=%s",
        layout.root(), layout.ramRoot().map(Object::toString).orElse("none"));
  }

  /** Whoever waits for this node to be cleared waits for it to be ready. */
  private void leave() throws IOException {
    var left = new Clearance(layout).run();
    readiness.opened();
    LOG.infof("state=cleared root=%s left=%s", layout.root(), left);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException, IOException {
    loops.forEach(Loop::retire);
    // Calls under way end by that, while there is still someone to take their failure.
    manager.close();
    for (var loop : loops) {
      loop.stop(END_BY_ITSELF, STOP_LOOP);
    }
    operator.stop(STOP_OPERATIONS);
    scrubber.close();
    for (var lock : locks) {
      lock.close();
    }
    LOG.info("state=stopped");
  }

  /** All that is found is uncertain, until the reconciler has had it checked. */
  private void takeInventory() throws IOException {
    for (var digest : staging.found()) {
      var staged = staging.staged(digest);
      space.look(digest);
      inventory.change(digest, content -> content.withDisk(staged));
    }
    for (var digest : store.found()) {
      space.look(digest);
      inventory.change(digest, content -> content.withDisk(new DiskCopy.Uncertain()));
    }
    if (layout.ramRoot().isPresent()) {
      var ram = new RamRoot(layout.ramRoot().get());
      ram.open();
      for (var digest : ram.found()) {
        space.look(digest);
        inventory.change(digest, content -> content.withRam(new RamCopy.Uncertain()));
      }
    }
  }
}
