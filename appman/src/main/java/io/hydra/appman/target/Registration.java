package io.hydra.appman.target;

import io.hydra.api.InstancesApi;
import io.hydra.wire.InstanceRegistration;
import org.jboss.logging.Logger;

/**
 * Makes the instance known to the manager, once at the start and whenever that has forgotten it.
 */
public final class Registration {
  private static final Logger LOG = Logger.getLogger(Registration.class);

  private final InstancesApi manager;
  private final InstanceRegistration registration;
  private boolean done;

  public Registration(InstancesApi manager, InstanceRegistration registration) {
    this.manager = manager;
    this.registration = registration;
  }

  /** Registers if that is not done yet. Fails as the call fails. */
  public synchronized void ensure() {
    if (done) {
      return;
    }
    manager.put(registration.id().value(), registration);
    done = true;
    LOG.infof(
        "registered instance=%s channel=%s node=%s",
        registration.id(), registration.channel(), registration.node());
  }

  /** The manager does not know the instance any more. */
  public synchronized void forget() {
    done = false;
  }
}
