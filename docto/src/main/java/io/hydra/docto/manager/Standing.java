package io.hydra.docto.manager;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Whether the manager takes this node's calls, as the newest of them has told. */
@Singleton
public final class Standing {
  private volatile Optional<String> refusal = Optional.empty();

  /** The manager took a call. */
  void accepted() {
    refusal = Optional.empty();
  }

  /** A call failed; only one that was refused for who made it says anything of that. */
  void failed(HydraException failure) {
    if (failure.code() == ErrorCode.UNAUTHENTICATED || failure.code() == ErrorCode.FORBIDDEN) {
      refusal = Optional.of(failure.code() + ": " + failure.detail());
    }
  }

  /** Why the manager does not take this node for what it says it is, if it does not. */
  public Optional<String> refusal() {
    return refusal;
  }
}
