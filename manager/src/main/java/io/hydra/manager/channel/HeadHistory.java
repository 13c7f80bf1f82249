package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.ScopeName;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest changes of what consumers of a channel should be on. Each change of the channel writes
 * all of them anew, so they are few.
 *
 * @param changes oldest first
 */
public record HeadHistory(List<HeadChange> changes) {
  static final HeadHistory NONE = new HeadHistory(List.of());

  /** A third of the document of a channel with 100 releases. */
  private static final int MAX_CHANGES = 64;

  private static final int LONGEST_NAME = 200;

  public HeadHistory {
    changes = List.copyOf(changes);
  }

  /**
   * With one more. Where clocks have gone back, it is as old as the one before.
   *
   * @param parts that the channel has
   */
  HeadHistory with(HeadChange change, Collection<Optional<ScopeName>> parts) {
    var all = new ArrayList<>(changes);
    all.add(
        new HeadChange(
            latest().filter(change.at()::isBefore).orElse(change.at()),
            Beginning.of(change.by(), LONGEST_NAME),
            change.cause(),
            change.head(),
            change.pin(),
            change.scope()));
    return new HeadHistory(trimmed(all, parts));
  }

  /** Without the oldest; the newest of each part stays, so that it is known what holds there. */
  private static List<HeadChange> trimmed(
      List<HeadChange> all, Collection<Optional<ScopeName>> parts) {
    var kept = new ArrayList<HeadChange>();
    int excess = all.size() - MAX_CHANGES;
    for (int i = 0; i < all.size(); i++) {
      var scope = all.get(i).scope();
      boolean holds =
          parts.contains(scope)
              && all.subList(i + 1, all.size()).stream()
                  .noneMatch(later -> later.scope().equals(scope));
      if (!holds && excess > 0) {
        excess--;
      } else {
        kept.add(all.get(i));
      }
    }
    return kept;
  }

  /**
   * What consumers should have been on at a time.
   *
   * @param channel whose history this is
   * @param scope empty for those that are in no scope
   * @throws HydraException {@code HISTORY_UNKNOWN} where the channel or the scope was not there
   *     yet, or what held is not remembered any more
   */
  HeadAt headAt(ChannelId channel, Instant time, Optional<ScopeName> scope) {
    var own = require(channel, time, scope);
    if (own.cause() == Cause.SCOPE_REMOVED) {
      return headAt(channel, time, Optional.empty());
    }
    if (scope.isEmpty() || own.pin().isPresent()) {
      return new HeadAt(time, own.pin().or(own::head), own);
    }
    // A pin of the channel would hold here, too.
    var whole = require(channel, time, Optional.empty());
    return whole.pin().isPresent()
        ? new HeadAt(time, whole.pin(), whole)
        : new HeadAt(time, own.head(), own);
  }

  private HeadChange require(ChannelId channel, Instant time, Optional<ScopeName> scope) {
    return at(time, scope)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.HISTORY_UNKNOWN,
                    "it is not known what held in channel %s%s at %s: %s"
                        .formatted(
                            channel,
                            scope.map(", scope %s,"::formatted).orElse(""),
                            time,
                            reach(scope)
                                .map(first -> "its history goes back to " + first)
                                .orElse("nothing has changed since its history is kept")),
                    Map.of("channel", channel.toString())));
  }

  /**
   * The change that made what held at that time; empty where that is not known.
   *
   * @param scope empty for the channel itself
   */
  private Optional<HeadChange> at(Instant time, Optional<ScopeName> scope) {
    return changes.reversed().stream()
        .filter(change -> change.scope().equals(scope) && !change.at().isAfter(time))
        .findFirst();
  }

  /** How far back it goes; empty where there was no change yet. */
  private Optional<Instant> reach(Optional<ScopeName> scope) {
    return changes.stream()
        .filter(change -> change.scope().equals(scope))
        .map(HeadChange::at)
        .findFirst();
  }

  private Optional<Instant> latest() {
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast().at());
  }
}
