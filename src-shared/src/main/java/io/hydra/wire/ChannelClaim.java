package io.hydra.wire;

import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import java.util.List;

/**
 * How much space a channel may take on a node, and what counts.
 *
 * @param budget without a limit where a channel that has none wants what another one has: the
 *     other's budget does not keep it away then
 * @param contents ordered by digest, each once
 */
public record ChannelClaim(ChannelId channel, Budget budget, List<ClaimedContent> contents) {
  public ChannelClaim {
    contents = List.copyOf(contents);
  }
}
