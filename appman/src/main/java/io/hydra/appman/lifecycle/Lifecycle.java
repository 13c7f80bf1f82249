package io.hydra.appman.lifecycle;

import io.hydra.error.HydraException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Holds the instance's state. Nothing changes it but {@link #transition}. */
public final class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  private final StateFile file;
  private final MeterRegistry meters;
  private final Runnable listener;
  private volatile Snapshot current;

  /**
   * The state at one moment.
   *
   * @param version grows with each change
   */
  public record Snapshot(long version, InstanceLifecycle state, Optional<Setback> setback) {}

  /**
   * @param listener told after each change
   */
  public Lifecycle(
      StateFile file, InstanceLifecycle initial, MeterRegistry meters, Runnable listener) {
    this.file = file;
    this.meters = meters;
    this.listener = listener;
    this.current = new Snapshot(0, initial, file.read().setback());
  }

  public Snapshot snapshot() {
    return current;
  }

  /**
   * Goes on to {@code next} if the state is still the one that the caller has seen, so that what
   * took long cannot overwrite what happened meanwhile. The new state is on disk before anything
   * acts on it; only a return to service goes ahead without, as staying out would be worse.
   *
   * @return whether it did
   * @throws HydraException {@code STORAGE_FAILED}; the state is then what it was
   */
  public boolean transition(Snapshot seen, InstanceLifecycle next, Optional<Setback> setback) {
    synchronized (this) {
      if (current.version() != seen.version()) {
        return false;
      }
      save(next, setback);
      current = new Snapshot(seen.version() + 1, next, setback);
      log(seen.state(), next, setback);
      meters
          .counter(
              "hydra.appman.transitions",
              "from",
              seen.state().wire().name(),
              "to",
              next.wire().name())
          .increment();
    }
    listener.run();
    return true;
  }

  private void save(InstanceLifecycle next, Optional<Setback> setback) {
    try {
      file.change(saved -> saved.with(next, setback));
    } catch (HydraException e) {
      if (!(next instanceof InstanceLifecycle.Serving)) {
        throw e;
      }
      LOG.warnf("serves without having noted it code=%s detail=%s", e.code(), e.detail());
    }
  }

  private static void log(
      InstanceLifecycle from, InstanceLifecycle next, Optional<Setback> setback) {
    switch (next) {
      case InstanceLifecycle.Waiting _ -> LOG.infof("state=WAITING from=%s", from.wire());
      case InstanceLifecycle.Serving serving ->
          LOG.infof(
              "state=SERVING from=%s release=%s%s",
              from.wire(),
              serving.release().ref(),
              setback.map(s -> " failed=" + s.release()).orElse(""));
      case InstanceLifecycle.Draining draining ->
          LOG.infof(
              "state=DRAINING from=%s release=%s epoch=%d letGo=%s holding=%s",
              from.wire(),
              draining.move().target().ref(),
              draining.move().epoch(),
              draining.move().letGo(),
              draining.holding());
      case InstanceLifecycle.Reloading reloading ->
          LOG.infof(
              "state=RELOADING from=%s release=%s epoch=%d",
              from.wire(), reloading.move().target().ref(), reloading.move().epoch());
      case InstanceLifecycle.Failed failed ->
          LOG.errorf(
              "state=FAILED from=%s code=%s detail=%s retryAt=%s",
              from.wire(), failed.fault().code(), failed.fault().detail(), failed.retryAt());
    }
  }
}
