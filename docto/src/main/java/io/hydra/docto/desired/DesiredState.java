package io.hydra.docto.desired;

import io.hydra.wire.NodeDesired;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** The newest order that the node has taken up. */
@Singleton
public final class DesiredState {
  private static final Logger LOG = Logger.getLogger(DesiredState.class);

  private final DesiredFile file;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Optional<NodeDesired> newest = Optional.empty();
  private boolean kept = true;

  public DesiredState(DesiredFile file) {
    this.file = file;
  }

  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Takes up what an earlier run left. It is no leave to remove anything: only the manager itself
   * says that its order is complete.
   */
  public synchronized void load() throws IOException {
    newest = file.read().map(DesiredState::incomplete);
    newest.ifPresent(order -> LOG.infof("epoch=%d state=remembered", order.epoch()));
  }

  public synchronized Optional<NodeDesired> newest() {
    return newest;
  }

  /** Of the newest order; 0 when there was none. */
  public synchronized long epoch() {
    return newest.map(NodeDesired::epoch).orElse(0L);
  }

  /** Takes up an order unless it is older than the newest one; false when it is. */
  public boolean offer(NodeDesired order) {
    synchronized (this) {
      if (order.epoch() < epoch()) {
        LOG.warnf("epoch=%d code=STALE_EPOCH refused, epoch %d is known", order.epoch(), epoch());
        return false;
      }
      if (newest.filter(order::equals).isPresent()) {
        return true;
      }
      newest = Optional.of(order);
      remember(order);
    }
    LOG.infof(
        "epoch=%d state=taken datasets=%d retain=%d complete=%s",
        order.epoch(), order.datasets().size(), order.retain().size(), order.complete());
    listeners.forEach(Runnable::run);
    return true;
  }

  /** Writes down the newest order where that has failed so far, as on a disk that was full. */
  public synchronized void keep() {
    if (!kept) {
      newest.ifPresent(this::remember);
    }
  }

  private void remember(NodeDesired order) {
    try {
      file.write(order);
      kept = true;
    } catch (IOException e) {
      // The order holds all the same; after a restart the manager is asked again.
      if (kept) {
        LOG.errorf("epoch=%d code=STORAGE_FAILED cannot keep the order: %s", order.epoch(), e);
      }
      kept = false;
    }
  }

  private static NodeDesired incomplete(NodeDesired order) {
    return new NodeDesired(
        order.epoch(), false, order.datasets(), order.retain(), order.live(), order.claims());
  }
}
