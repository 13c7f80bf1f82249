package io.hydra.manager.explain;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.wire.ChannelStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads how far a channel's rollout is. */
@ApplicationScoped
public class StatusReader {
  /**
   * @throws HydraException {@code UNKNOWN_CHANNEL}
   */
  public ChannelStatus status(ChannelId id) {
    throw new HydraException(ErrorCode.UNAVAILABLE, "no status of %s yet".formatted(id));
  }
}
