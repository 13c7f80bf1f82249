package io.hydra.manager.channel;

import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelView;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.ScopeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Shows channels and their releases as people see them. */
public final class ChannelViews {
  private ChannelViews() {}

  public static ChannelView of(Versioned versioned) {
    var channel = versioned.channel();
    return new ChannelView(
        channel.id(),
        channel.settings(),
        channel.headRelease().map(Release::ref),
        channel.ref(channel.pin()),
        channel.target().map(Release::ref),
        channel.candidate().map(Release::ref),
        channel.scopeSettings().stream().map(scope -> of(channel, scope.name())).toList(),
        versioned.revision());
  }

  private static ScopeView of(Channel channel, ScopeName name) {
    var scope = Optional.of(name);
    var seen = channel.seenFrom(scope);
    return new ScopeView(
        name,
        channel.ref(seen.head()),
        // Its own alone: seen from it, the channel's would show, too.
        channel.ref(channel.heads().find(scope).flatMap(HeadState::pin)),
        seen.target().map(Release::ref),
        seen.candidate().map(Release::ref));
  }

  public static ReleaseView of(Channel channel, Release release) {
    long sequence = release.sequence();
    var own = channel.heads().own();
    return new ReleaseView(
        release,
        own.isHead(sequence),
        own.isPinned(sequence),
        own.isStaged(sequence),
        Optional.ofNullable(own.rejected().get(sequence)),
        scopes(channel, state -> state.isHead(sequence)),
        scopes(channel, state -> state.isPinned(sequence)),
        channel.isRejected(sequence)
            ? List.of()
            : scopes(channel, state -> state.rejected().containsKey(sequence)));
  }

  private static List<ScopeName> scopes(Channel channel, Predicate<HeadState> condition) {
    return channel.heads().scopes().entrySet().stream()
        .filter(scope -> condition.test(scope.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
