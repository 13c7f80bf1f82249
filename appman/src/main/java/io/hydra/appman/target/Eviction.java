package io.hydra.appman.target;

import io.hydra.wire.Fault;
import java.util.Optional;

/** Has this instance's pod replaced. */
public interface Eviction {
  /** Why it is not going to be; empty when it is. */
  Optional<Fault> ask() throws InterruptedException;
}
