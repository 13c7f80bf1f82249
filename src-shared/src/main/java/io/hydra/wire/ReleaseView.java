package io.hydra.wire;

import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import java.util.List;
import java.util.Optional;

/**
 * A release as people see it.
 *
 * @param head whether it is the channel's head
 * @param pinned whether the channel is pinned to it
 * @param staged whether it may still become the head by being promoted
 * @param rejected why it is never chosen by itself; empty when it may be
 * @param headIn scopes whose head it is
 * @param pinnedIn scopes that are pinned to it
 * @param rejectedIn scopes in which alone it is never chosen by itself
 */
public record ReleaseView(
    Release release,
    boolean head,
    boolean pinned,
    boolean staged,
    Optional<Rejection> rejected,
    List<ScopeName> headIn,
    List<ScopeName> pinnedIn,
    List<ScopeName> rejectedIn) {
  public ReleaseView {
    // An older manager knows nothing of scopes.
    headIn = Optional.ofNullable(headIn).map(List::copyOf).orElse(List.of());
    rejectedIn = Optional.ofNullable(rejectedIn).map(List::copyOf).orElse(List.of());
    pinnedIn = Optional.ofNullable(pinnedIn).map(List::copyOf).orElse(List.of());
  }
}
