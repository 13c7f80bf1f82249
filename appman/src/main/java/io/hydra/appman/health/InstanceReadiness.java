package io.hydra.appman.health;

import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.lifecycle.ReleaseSet;
import java.util.function.Predicate;

/** Derives whether the instance takes traffic: from its state and from the application's word. */
public final class InstanceReadiness {
  private final Lifecycle lifecycle;
  private final ApplicationMonitor monitor;
  private final Predicate<ReleaseSet> stopped;
  private volatile boolean withdrawn;

  /**
   * @param stopped whether the application does not even run with a release
   */
  public InstanceReadiness(
      Lifecycle lifecycle, ApplicationMonitor monitor, Predicate<ReleaseSet> stopped) {
    this.lifecycle = lifecycle;
    this.monitor = monitor;
    this.stopped = stopped;
  }

  public boolean isUp() {
    return !withdrawn
        && lifecycle.snapshot().state() instanceof InstanceLifecycle.Serving serving
        && !stopped.test(serving.release())
        && monitor.confirms(serving.release());
  }

  /** Down for good: AppMan ends. */
  public void withdraw() {
    withdrawn = true;
  }
}
