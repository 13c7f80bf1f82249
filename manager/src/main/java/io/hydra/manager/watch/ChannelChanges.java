package io.hydra.manager.watch;

import io.hydra.manager.channel.Channel;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has changed in a channel itself. A channel remembers its changes, so none is lost where
 * several were made between two looks.
 */
final class ChannelChanges {
  private final ChannelId id;
  private final Instant now;
  private final List<ChannelEvent> events = new ArrayList<>();

  private ChannelChanges(ChannelId id, Instant now) {
    this.id = id;
    this.now = now;
  }

  static List<ChannelEvent> between(
      ChannelId id, Optional<Channel> before, Optional<Channel> after, Instant now) {
    var changes = new ChannelChanges(id, now);
    if (after.isEmpty()) {
      before.ifPresent(_ -> changes.deleted());
    } else if (before.filter(old -> isAnother(old, after.get())).isPresent()) {
      changes.deleted();
      changes.compare(Channel.create(id, after.get().settings()), after.get());
    } else {
      before.ifPresent(old -> changes.settings(old, after.get()));
      changes.compare(
          before.orElseGet(() -> Channel.create(id, after.get().settings())), after.get());
    }
    return List.copyOf(changes.events);
  }

  /** Whether it was deleted and made again meanwhile. */
  private static boolean isAnother(Channel before, Channel after) {
    return after.lastSequence() < before.lastSequence()
        || (made(before).isPresent()
            && made(after).isPresent()
            && !made(before).equals(made(after)));
  }

  private static Optional<HeadChange> made(Channel channel) {
    return channel.history().changes().stream()
        .filter(change -> change.cause() == Cause.CREATED)
        .findFirst();
  }

  private void deleted() {
    tell(now, EventType.CHANNEL_DELETED, "channel %s was deleted".formatted(id));
  }

  private void settings(Channel before, Channel after) {
    if (!before.settings().equals(after.settings())) {
      tell(now, EventType.SETTINGS_CHANGED, "settings of channel %s were changed".formatted(id));
    }
  }

  /** In an order that makes sense of one after the other, whatever came first. */
  private void compare(Channel before, Channel after) {
    var changes = newer(before, after);
    changes.stream().filter(change -> change.cause() == Cause.CREATED).forEach(this::created);
    after.releases().stream()
        .filter(release -> release.sequence() > before.lastSequence())
        .forEach(this::published);
    after
        .rejected()
        .forEach(
            (sequence, rejection) -> {
              if (!before.rejected().containsKey(sequence)) {
                rejected(after.release(sequence), rejection.at(), rejection.reason());
              }
            });
    var head = before.headRelease().map(Release::ref);
    for (var change : changes) {
      moved(change, head);
      head = change.head();
    }
  }

  /** A history keeps the newest changes: one that lacks the last that was known is all new. */
  private static List<HeadChange> newer(Channel before, Channel after) {
    var known = before.history().changes();
    var all = after.history().changes();
    return known.isEmpty() ? all : all.subList(all.lastIndexOf(known.getLast()) + 1, all.size());
  }

  private void created(HeadChange change) {
    add(
        change.at(),
        EventType.CHANNEL_CREATED,
        Optional.empty(),
        Optional.empty(),
        Optional.of(change.by()),
        "channel %s was created".formatted(id));
  }

  private void published(Release release) {
    add(
        release.publishedAt(),
        EventType.RELEASE_PUBLISHED,
        Optional.of(release.ref()),
        Optional.empty(),
        Optional.empty(),
        "release %s was published in channel %s".formatted(release.ref(), id));
  }

  private void rejected(Optional<Release> release, Instant at, String reason) {
    add(
        at,
        EventType.RELEASE_REJECTED,
        release.map(Release::ref),
        Optional.empty(),
        Optional.empty(),
        "release %s of channel %s was rejected: %s"
            .formatted(release.map(r -> r.ref().toString()).orElse("(forgotten)"), id, reason));
  }

  private void moved(HeadChange change, Optional<ReleaseRef> headBefore) {
    switch (change.cause()) {
      case CREATED -> {}
      case PUBLISHED, PROMOTED, REJECTED, ROLLED_BACK ->
          add(
              change.at(),
              EventType.HEAD_CHANGED,
              change.head(),
              headBefore,
              Optional.of(change.by()),
              "the head of channel %s is %s".formatted(id, words(change.head())));
      case PINNED ->
          add(
              change.at(),
              EventType.PINNED,
              change.pin(),
              Optional.empty(),
              Optional.of(change.by()),
              "channel %s is pinned to %s".formatted(id, words(change.pin())));
      case UNPINNED ->
          add(
              change.at(),
              EventType.UNPINNED,
              change.head(),
              Optional.empty(),
              Optional.of(change.by()),
              "channel %s follows its head again, %s".formatted(id, words(change.head())));
    }
  }

  private static String words(Optional<ReleaseRef> release) {
    return release.map(ReleaseRef::toString).orElse("nothing");
  }

  private void tell(Instant at, EventType type, String message) {
    add(at, type, Optional.empty(), Optional.empty(), Optional.empty(), message);
  }

  private void add(
      Instant at,
      EventType type,
      Optional<ReleaseRef> release,
      Optional<ReleaseRef> before,
      Optional<String> by,
      String message) {
    events.add(
        new ChannelEvent(
            "",
            at,
            type,
            Optional.of(id),
            release,
            before,
            Optional.empty(),
            Optional.empty(),
            by,
            message));
  }
}
