package io.hydra.manager.identity;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Checks the settings before anybody can call. */
@ApplicationScoped
class IdentityStart {
  private static final Logger LOG = Logger.getLogger(IdentityStart.class);
  private static final int LAST = 100_000;

  /** A wrong setting ends the start here. */
  void check(@Observes @Priority(1) StartupEvent event, Authentication authentication) {
    LOG.debugf("callers are told apart by %s", authentication.summary());
  }

  /** When all else has started: whoever ends the start says so in one line. */
  void tell(
      @Observes @Priority(LAST) StartupEvent event,
      Authentication authentication,
      Listener listener) {
    LOG.infof("callers are told apart by %s", authentication.summary());
    if (!listener.isSecure() && !listener.isLocal()) {
      LOG.warnf(
          "hydra.tls.certificate-file is missing and quarkus.http.host=%s: tokens come over plain"
              + " HTTP, and whoever is on the way can read them",
          listener.host());
    }
  }
}
