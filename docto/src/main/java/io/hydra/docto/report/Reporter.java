package io.hydra.docto.report;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.config.ManagerConfig;
import io.hydra.docto.desired.DesiredState;
import io.hydra.docto.manager.ManagerCalls;
import io.hydra.docto.manager.Registration;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.place.LiveFiles;
import io.hydra.docto.place.NodeSpace;
import io.hydra.wire.NodeReport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Reports the whole inventory: soon after a change, and every two seconds. */
@Singleton
public final class Reporter {
  private static final Logger LOG = Logger.getLogger(Reporter.class);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
  private static final Duration WHILE_BUSY = Duration.ofMillis(500);
  private static final Duration WHILE_IDLE = Duration.ofSeconds(2);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);

  private final ManagerCalls manager;
  private final Registration registration;
  private final DesiredState desired;
  private final Inventory inventory;
  private final NodeSpace space;
  private final LiveFiles liveFiles;
  private final Backoff backoff;
  private final Wakeup wakeup = new Wakeup();
  private int failures;

  public Reporter(
      ManagerCalls manager,
      Registration registration,
      DesiredState desired,
      Inventory inventory,
      NodeSpace space,
      LiveFiles liveFiles,
      ManagerConfig config) {
    this.manager = manager;
    this.registration = registration;
    this.desired = desired;
    this.inventory = inventory;
    this.space = space;
    this.liveFiles = liveFiles;
    this.backoff = new Backoff(FIRST_RETRY, config.retryMax());
    inventory.listen((before, after) -> wakeup.signal());
    desired.listen(wakeup::signal);
    liveFiles.listen(wakeup::signal);
  }

  /** One report, then the wait for the next occasion. */
  public void round() throws InterruptedException {
    try {
      registration.ensure();
      manager.report(report());
      failures = 0;
      Wakeup.pause(LEAST_PAUSE);
      wakeup.await((busy() ? WHILE_BUSY : WHILE_IDLE).minus(LEAST_PAUSE));
    } catch (IOException e) {
      LOG.errorf("code=STORAGE_FAILED cannot measure the space: %s", e.toString());
      Wakeup.pause(WHILE_IDLE);
    } catch (RuntimeException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("stopped while reporting");
      }
      failures++;
      LOG.debugf("cannot report: %s", failure.getMessage());
      boolean unknown = registration.lostBy(failure);
      Wakeup.pause(backoff.atLeastHalf(unknown ? 1 : failures));
    }
  }

  private NodeReport report() throws IOException {
    return NodeReports.of(
        desired.newest(), inventory.snapshot(), space.disk(), space.ram(), liveFiles.named());
  }

  private boolean busy() {
    return inventory.snapshot().values().stream().anyMatch(Content::busy);
  }
}
