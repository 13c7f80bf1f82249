package io.hydra.cli.command;

import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelView;
import io.hydra.wire.ScopeView;
import java.util.Optional;

/**
 * A channel, or a scope of it, as people speak of it.
 *
 * @param scope empty for the channel
 */
record Place(ChannelView channel, Optional<ScopeName> scope) {

  private Optional<ScopeView> found() {
    return channel.scopes().stream()
        .filter(known -> scope.filter(known.name()::equals).isPresent())
        .findFirst();
  }

  Optional<ReleaseRef> head() {
    return scope.isPresent() ? found().flatMap(ScopeView::head) : channel.head();
  }

  /** Its own pin, else the one that holds there. */
  Optional<ReleaseRef> pin() {
    return found().flatMap(ScopeView::pin).or(channel::pin);
  }

  /** That its pin is why nothing happens there. */
  Optional<String> pinned() {
    boolean own = found().flatMap(ScopeView::pin).isPresent();
    return pin()
        .map(
            pin ->
                "%s is pinned to %s and stays there until `hydra unpin%s`"
                    .formatted(
                        own ? "the scope" : "the channel",
                        pin,
                        own ? scope.map(" --scope %s"::formatted).orElse("") : ""));
  }

  @Override
  public String toString() {
    return scope.map(name -> "scope %s of ".formatted(name)).orElse("") + channel.id();
  }
}
