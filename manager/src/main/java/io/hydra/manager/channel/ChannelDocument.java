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

  ChannelDocument {
    // What an older manager has stored lacks newer settings.
    settings = settings.over(ChannelSettings.DEFAULT);
    neverHead = neverHead.or(() -> Optional.of(Set.of()));
    history = history.or(() -> Optional.of(List.of()));
    scopes = scopes.or(() -> Optional.of(Map.of()));
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
            new TreeMap<>(scopes.orElse(Map.of()))),
        lastSequence,
        // A document that is restored may name them in any order.
        whole.stream().sorted(Comparator.comparingLong(Release::sequence)).toList(),
        new PublishKeys(idempotency),
        history.map(HeadHistory::new).orElse(HeadHistory.NONE));
  }
}
