package io.hydra.docto.manager;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Registers the node before its first call, and again whenever the manager does not know it. */
@Singleton
public final class Registration {
  private static final Logger LOG = Logger.getLogger(Registration.class);

  private final ManagerCalls manager;
  private final AtomicBoolean registered = new AtomicBoolean();

  public Registration(ManagerCalls manager) {
    this.manager = manager;
  }

  public synchronized void ensure() {
    if (registered.get()) {
      return;
    }
    manager.register();
    registered.set(true);
    LOG.info("state=registered");
  }

  /** Takes note of a failed call; true when it shows that the manager does not know this node. */
  public boolean lostBy(RuntimeException failure) {
    boolean unknown =
        failure instanceof HydraException told && told.code() == ErrorCode.UNKNOWN_NODE;
    if (unknown) {
      registered.set(false);
    }
    return unknown;
  }
}
