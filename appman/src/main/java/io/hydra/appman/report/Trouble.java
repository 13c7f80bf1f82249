package io.hydra.appman.report;

import io.hydra.wire.Fault;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Why the instance is not as ordered at this moment, if it is not. */
public final class Trouble {
  private static final Logger LOG = Logger.getLogger(Trouble.class);

  private final Runnable listener;
  private volatile Optional<Fault> now = Optional.empty();

  /**
   * @param listener told when there is other trouble, or no more
   */
  public Trouble(Runnable listener) {
    this.listener = listener;
  }

  public Optional<Fault> now() {
    return now;
  }

  public void is(Fault fault) {
    set(Optional.of(fault));
  }

  public void over() {
    set(Optional.empty());
  }

  private void set(Optional<Fault> fault) {
    if (fault.equals(now)) {
      return;
    }
    now = fault;
    fault.ifPresentOrElse(
        trouble -> LOG.infof("waiting code=%s detail=%s", trouble.code(), trouble.detail()),
        () -> LOG.info("waiting no more"));
    listener.run();
  }
}
