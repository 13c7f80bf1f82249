package io.hydra.manager.channel;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Release;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import io.hydra.wire.HeadChange;
import io.hydra.wire.Rejection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * A channel as it is stored: its releases, which never change, lie under keys of their own and are
 * named here.
 *
 * @param neverHead absent in what an older manager has stored, for which every release was the head
 * @param scopes of those that the settings name; absent in what an older manager has stored
 */
@RegisterForReflection(
    targets = {
      ChannelDocument.class,
      ChannelDocument.Line.class,
      PublishKey.class,
      HeadState.class,
      Release.class,
      Rejection.class,
      HeadChange.class
    })
record ChannelDocument(
    ChannelId id,
    ChannelSettings settings,
    Optional<Long> head,
    Optional<Long> pin,
    long lastSequence,
    List<Line> releases,
    Map<Long, Rejection> rejected,
    Optional<Set<Long>> neverHead,
    List<PublishKey> idempotency,
    Optional<List<HeadChange>> history,
    Optional<Map<ScopeName, HeadState>> scopes) {

  /** For a release that is rejected in a scope as it is in the channel itself. */
  private static final Rejection AS_IN_CHANNEL = new Rejection("", Instant.EPOCH);

  ChannelDocument {
    // What an older manager has stored lacks newer settings.
    settings = settings.over(ChannelSettings.DEFAULT);
    neverHead = neverHead.or(() -> Optional.of(Set.of()));
    history = history.or(() -> Optional.of(List.of()));
    var channels = rejected;
    scopes = Optional.of(scopes.map(known -> brief(known, channels)).orElseGet(TreeMap::new));
  }

  /** Most rejections hold in all parts: each is told once. */
  private static Map<ScopeName, HeadState> brief(
      Map<ScopeName, HeadState> scopes, Map<Long, Rejection> channels) {
    return withRejections(
        scopes,
        (sequence, rejection) ->
            rejection.equals(channels.get(sequence)) ? AS_IN_CHANNEL : rejection);
  }

  private static TreeMap<ScopeName, HeadState> whole(
      Map<ScopeName, HeadState> scopes, Map<Long, Rejection> channels) {
    return withRejections(
        scopes,
        (sequence, rejection) ->
            rejection.equals(AS_IN_CHANNEL)
                ? channels.getOrDefault(sequence, rejection)
                : rejection);
  }

  private static TreeMap<ScopeName, HeadState> withRejections(
      Map<ScopeName, HeadState> scopes, BiFunction<Long, Rejection, Rejection> change) {
    var changed = new TreeMap<>(scopes);
    changed.replaceAll(
        (scope, state) -> {
          var rejected = new TreeMap<>(state.rejected());
          rejected.replaceAll(change);
          return new HeadState(state.head(), state.pin(), rejected, state.neverHead());
        });
    return changed;
  }

  /**
   * Names a release. A channel that was deleted and made again counts from 1 again, so the sequence
   * alone would not do.
   */
  record Line(long sequence, ReleaseVersion version, Instant publishedAt) {
    static Line of(Release release) {
      return new Line(release.sequence(), release.version(), release.publishedAt());
    }

    boolean names(Release release) {
      return equals(of(release));
    }
  }

  static ChannelDocument of(Channel channel) {
    return new ChannelDocument(
        channel.id(),
        channel.settings(),
        channel.head(),
        channel.pin(),
        channel.lastSequence(),
        channel.releases().stream().map(Line::of).toList(),
        channel.rejected(),
        Optional.of(channel.heads().own().neverHead()),
        channel.idempotency().keys(),
        Optional.of(channel.history().changes()),
        Optional.of(channel.heads().scopes()));
  }

  /**
   * @param whole the releases that it names
   */
  Channel with(List<Release> whole) {
    return new Channel(
        id,
        settings,
        new Heads(
            new HeadState(head, pin, rejected, neverHead.orElse(Set.of())),
            whole(scopes.orElse(Map.of()), rejected)),
        lastSequence,
        // A document that is restored may name them in any order.
        whole.stream().sorted(Comparator.comparingLong(Release::sequence)).toList(),
        new PublishKeys(idempotency),
        history.map(HeadHistory::new).orElse(HeadHistory.NONE));
  }
}
