package io.hydra.manager.channel;

import io.hydra.wire.HeadChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /** With one more. Where clocks have gone back, it is as old as the one before. */
  HeadHistory with(HeadChange change) {
    var all = new ArrayList<>(changes);
    all.add(
        new HeadChange(
            latest().filter(change.at()::isBefore).orElse(change.at()),
            change.by().substring(0, Math.min(change.by().length(), LONGEST_NAME)),
            change.cause(),
            change.head(),
            change.pin()));
    return new HeadHistory(all.subList(Math.max(0, all.size() - MAX_CHANGES), all.size()));
  }

  /** The change that made what held at that time; empty where that is not known. */
  Optional<HeadChange> at(Instant time) {
    return changes.reversed().stream().filter(change -> !change.at().isAfter(time)).findFirst();
  }

  /** How far back it goes; empty where there was no change yet. */
  Optional<Instant> reach() {
    return changes.stream().map(HeadChange::at).findFirst();
  }

  private Optional<Instant> latest() {
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast().at());
  }
}
