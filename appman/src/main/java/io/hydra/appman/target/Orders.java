package io.hydra.appman.target;

import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.StateFile;
import io.hydra.error.HydraException;
import io.hydra.wire.InstanceDesired;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The newest order of the manager. An older one than has been taken up is refused. */
public final class Orders {
  private static final Logger LOG = Logger.getLogger(Orders.class);

  private final StateFile file;
  private final Runnable listener;
  private volatile boolean missed;
  private volatile Optional<InstanceDesired> newest = Optional.empty();

  /**
   * @param listener told when there is a new order
   */
  public Orders(StateFile file, Runnable listener) {
    this.file = file;
    this.listener = listener;
  }

  /** Whether the manager was heard since AppMan started. */
  public boolean known() {
    return newest.isPresent();
  }

  /** Whether asking the manager has failed since AppMan started. */
  public boolean missed() {
    return missed;
  }

  /** The manager could not be asked. */
  public void miss() {
    missed = true;
  }

  /** Of the newest order that was taken up, also by an AppMan before this one; 0 when none. */
  public long epoch() {
    // A full disk may have kept the newest out of the file.
    return Math.max(file.read().epoch(), newest.map(InstanceDesired::epoch).orElse(0L));
  }

  public Optional<Move> granted() {
    return newest.flatMap(InstanceDesired::grant).map(Move::by);
  }

  /**
   * Takes the order up, unless a newer one was.
   *
   * @return false when it is refused
   */
  public synchronized boolean accept(InstanceDesired order) {
    long epoch = epoch();
    if (order.epoch() < epoch || order.grant().filter(g -> g.epoch() > order.epoch()).isPresent()) {
      return false;
    }
    if (newest.equals(Optional.of(order))) {
      return true;
    }
    note(order.epoch());
    newest = Optional.of(order);
    LOG.infof(
        "took up an order epoch=%d release=%s",
        order.epoch(), order.grant().map(grant -> grant.release().toString()).orElse("none"));
    listener.run();
    return true;
  }

  /** A full disk must not keep the instance from obeying; what is lost is only a safeguard. */
  private void note(long epoch) {
    try {
      file.change(saved -> saved.withEpoch(epoch));
    } catch (HydraException e) {
      LOG.warnf("could not note epoch=%d code=%s detail=%s", epoch, e.code(), e.detail());
    }
  }
}
