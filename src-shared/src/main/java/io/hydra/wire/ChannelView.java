package io.hydra.wire;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.ReleaseRef;
import java.util.List;
import java.util.Optional;

/**
 * A channel as people see it.
 *
 * @param settings complete, defaults filled in
 * @param head the release that consumers should be on
 * @param pin overrides the head while set
 * @param target what the rollout aims at, where no scope is: the pin, else the head
 * @param staged what is to be the head next, once it is promoted
 * @param scopes in their order; empty where the channel has none
 * @param revision changes with each change of the channel; its ETag
 */
public record ChannelView(
    ChannelId id,
    ChannelSettings settings,
    Optional<ReleaseRef> head,
    Optional<ReleaseRef> pin,
    Optional<ReleaseRef> target,
    Optional<ReleaseRef> staged,
    List<ScopeView> scopes,
    long revision) {
  public ChannelView {
    // An older manager knows nothing of them.
    scopes = Optional.ofNullable(scopes).map(List::copyOf).orElse(List.of());
  }

  /** A revision as ETag and If-Match name it (RFC 9110, section 8.8.3). */
  public static String entityTag(long revision) {
    return "\"" + revision + "\"";
  }
}
