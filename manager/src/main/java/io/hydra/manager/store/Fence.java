package io.hydra.manager.store;

import io.hydra.manager.store.ChannelStore.Operation;
import java.util.Optional;

/** Keeps a manager that does not lead any more from writing. */
public interface Fence {
  /**
   * What must hold for any write; empty where this manager is alone.
   *
   * @throws io.hydra.error.HydraException {@code UNAVAILABLE} while this manager does not lead
   */
  Optional<Operation.Check> check();

  /** It did not hold: another manager leads. */
  void broken(Operation.Check check);
}
