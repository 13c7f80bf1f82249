package io.hydra.manager.watch;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.HeadState;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    return channel.history().changes().stream().filter(ChannelChanges::isCreation).findFirst();
  }

  /** Of the channel; scopes are made by its settings. */
  private static boolean isCreation(HeadChange change) {
    return change.cause() == Cause.CREATED && change.scope().isEmpty();
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
    changes.stream().filter(ChannelChanges::isCreation).forEach(this::created);
    after.releases().stream()
        .filter(release -> release.sequence() > before.lastSequence())
        .forEach(this::published);
    for (var part : after.parts()) {
      rejections(before, after, part);
    }
    var aims = new HashMap<Optional<ScopeName>, Aim>();
    before.parts().forEach(part -> aims.put(part, Aim.of(before, part)));
    for (var change : changes) {
      var aim = Optional.ofNullable(aims.put(change.scope(), Aim.of(change)));
      moved(change, aim.orElse(Aim.NONE));
    }
  }

  /**
   * Where a part of a channel is to be.
   *
   * @param pinned whether by a pin of its own
   */
  private record Aim(Optional<ReleaseRef> head, Optional<ReleaseRef> target, boolean pinned) {
    static final Aim NONE = new Aim(Optional.empty(), Optional.empty(), false);

    static Aim of(Channel channel, Optional<ScopeName> part) {
      var seen = channel.seenFrom(part);
      return new Aim(
          seen.headRelease().map(Release::ref),
          seen.target().map(Release::ref),
          channel.heads().find(part).flatMap(HeadState::pin).isPresent());
    }

    static Aim of(HeadChange change) {
      return new Aim(change.head(), change.pin().or(change::head), change.pin().isPresent());
    }
  }

  /** What is rejected in a scope alone is told as the scope's. */
  private void rejections(Channel before, Channel after, Optional<ScopeName> part) {
    var known = before.parts().contains(part) ? before.seenFrom(part) : before;
    after
        .seenFrom(part)
        .rejected()
        .forEach(
            (sequence, rejection) -> {
              boolean isOld = known.isRejected(sequence);
              boolean isChannels = part.isPresent() && after.isRejected(sequence);
              if (!isOld && !isChannels) {
                rejected(part, after.release(sequence), rejection.at(), rejection.reason());
              }
            });
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
        Optional.empty(),
        Optional.of(change.by()),
        "channel %s was created".formatted(id));
  }

  private void published(Release release) {
    add(
        release.publishedAt(),
        EventType.RELEASE_PUBLISHED,
        Optional.empty(),
        Optional.of(release.ref()),
        Optional.empty(),
        Optional.empty(),
        "release %s was published in channel %s".formatted(release.ref(), id));
  }

  private void rejected(
      Optional<ScopeName> scope, Optional<Release> release, Instant at, String reason) {
    add(
        at,
        EventType.RELEASE_REJECTED,
        scope,
        release.map(Release::ref),
        Optional.empty(),
        Optional.empty(),
        "release %s of %s was rejected: %s"
            .formatted(
                release.map(r -> r.ref().toString()).orElse("(forgotten)"), place(scope), reason));
  }

  private void moved(HeadChange change, Aim before) {
    var place = place(change.scope());
    switch (change.cause()) {
      case CREATED -> {}
      case PUBLISHED, PROMOTED, REJECTED, ROLLED_BACK ->
          moved(
              change,
              EventType.HEAD_CHANGED,
              change.head(),
              before.head(),
              "the head of %s is %s".formatted(place, words(change.head())));
      case PINNED ->
          moved(
              change,
              EventType.PINNED,
              change.pin(),
              Optional.empty(),
              "%s is pinned to %s".formatted(place, words(change.pin())));
      case UNPINNED ->
          moved(
              change,
              EventType.UNPINNED,
              change.head(),
              Optional.empty(),
              "%s follows its head again, %s".formatted(place, words(change.head())));
      case SCOPE_REMOVED -> removed(change, before);
    }
  }

  /** Its nodes may stay on what they are on; then nothing is to be told but a pin that is gone. */
  private void removed(HeadChange change, Aim before) {
    var now = Aim.of(change).target();
    if (before.pinned() || !before.target().equals(now)) {
      moved(
          change,
          before.pinned() ? EventType.UNPINNED : EventType.HEAD_CHANGED,
          now,
          before.target(),
          "%s is no more, and its nodes follow the channel: %s"
              .formatted(place(change.scope()), words(now)));
    }
  }

  private void moved(
      HeadChange change,
      EventType type,
      Optional<ReleaseRef> release,
      Optional<ReleaseRef> before,
      String message) {
    add(change.at(), type, change.scope(), release, before, Optional.of(change.by()), message);
  }

  private String place(Optional<ScopeName> scope) {
    return scope.map("scope %s of channel "::formatted).orElse("channel ") + id;
  }

  private static String words(Optional<ReleaseRef> release) {
    return release.map(ReleaseRef::toString).orElse("nothing");
  }

  private void tell(Instant at, EventType type, String message) {
    add(at, type, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), message);
  }

  private void add(
      Instant at,
      EventType type,
      Optional<ScopeName> scope,
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
            scope,
            release,
            before,
            Optional.empty(),
            Optional.empty(),
            by,
            message));
  }
}
