package io.hydra.appman.report;

import io.hydra.appman.pace.Signal;
import io.hydra.appman.target.ManagerConnection;
import io.hydra.appman.target.Registration;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.InstanceId;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Sends reports: at once on a change, and regularly. */
public final class Reporter {
  private static final Logger LOG = Logger.getLogger(Reporter.class);
  private static final Duration REGULARLY = Duration.ofSeconds(2);

  private final InstanceId instance;
  private final ManagerConnection manager;
  private final Registration registration;
  private final ReportComposer composer;
  private boolean failing;

  public Reporter(
      InstanceId instance,
      ManagerConnection manager,
      Registration registration,
      ReportComposer composer) {
    this.instance = instance;
    this.manager = manager;
    this.registration = registration;
    this.composer = composer;
  }

  /**
   * Returns only by interruption.
   *
   * @param changes signalled on each change
   */
  public void run(Signal changes) throws InterruptedException {
    while (true) {
      send();
      changes.await(
          composer.changesIn().filter(soon -> soon.compareTo(REGULARLY) < 0).orElse(REGULARLY));
    }
  }

  /** One report. A failure is no more than a report that is missed: the next says all again. */
  public void send() throws InterruptedException {
    try {
      registration.ensure();
      manager.calls().report(instance.value(), composer.compose());
      failing = false;
      manager.succeeded();
    } catch (HydraException e) {
      if (e.code() == ErrorCode.UNKNOWN_INSTANCE) {
        registration.forget();
      }
      missed(manager.failed(e));
    } catch (ProcessingException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("AppMan ends");
      }
      missed(manager.failed(e));
    }
  }

  private void missed(String why) {
    if (!failing) {
      failing = true;
      LOG.warnf("cannot report instance=%s detail=%s", instance, why);
    }
  }
}
