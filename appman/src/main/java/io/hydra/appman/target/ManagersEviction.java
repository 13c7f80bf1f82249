package io.hydra.appman.target;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.InstanceId;
import io.hydra.wire.Fault;
import jakarta.ws.rs.ProcessingException;
import java.util.Optional;

/** Asks the manager for it, who asks the cluster. */
public final class ManagersEviction implements Eviction {
  private final InstanceId instance;
  private final ManagerConnection manager;

  public ManagersEviction(InstanceId instance, ManagerConnection manager) {
    this.instance = instance;
    this.manager = manager;
  }

  @Override
  public Optional<Fault> ask() throws InterruptedException {
    try {
      manager.calls().evict(instance.value());
      return Optional.empty();
    } catch (HydraException e) {
      return Optional.of(new Fault(e.code(), e.detail()));
    } catch (ProcessingException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("AppMan ends");
      }
      return Optional.of(
          new Fault(
              ErrorCode.UNAVAILABLE,
              "the manager cannot be asked for an eviction: " + manager.failed(e)));
    }
  }
}
