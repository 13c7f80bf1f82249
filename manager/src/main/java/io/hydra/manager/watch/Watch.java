package io.hydra.manager.watch;

import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One watcher's way through the events. Closing it makes room for another one. */
public final class Watch implements AutoCloseable {
  private final Chronicle chronicle;
  private final Predicate<ChannelEvent> wanted;
  private final Clock clock;
  private final Runnable onClose;
  private Optional<ChannelEvent> reset = Optional.empty();
  private Position position;

  /** What to tell the watcher next. */
  public sealed interface Next {
    /**
     * @param events empty where none came in time
     * @param position where the watcher would go on from
     */
    record Events(List<ChannelEvent> events, String position) implements Next {}

    /** Nothing more comes here: the watcher is to come again. */
    record End() implements Next {}
  }

  /**
   * @param from the last that the watcher was told; empty where it begins
   */
  Watch(
      Chronicle chronicle,
      Optional<String> from,
      Predicate<ChannelEvent> wanted,
      Clock clock,
      Runnable onClose) {
    this.chronicle = chronicle;
    this.wanted = wanted;
    this.clock = clock;
    this.onClose = onClose;
    this.position = chronicle.end();
    var resumed = from.flatMap(Position::parse).filter(chronicle::holds);
    if (resumed.isPresent()) {
      position = resumed.get();
    } else {
      reset =
          Optional.of(
              reset(
                  from.isEmpty()
                      ? "this is the beginning: read what matters, changes follow"
                      : "changes after the event that was named are not known any more: read anew what matters, changes follow"));
    }
  }

  /** Waits for something to tell. */
  public Next next(Duration wait) throws InterruptedException {
    if (reset.isPresent()) {
      var first = reset.get();
      reset = Optional.empty();
      return new Next.Events(List.of(first), position.toString());
    }
    return switch (chronicle.after(position, wait)) {
      case Chronicle.Reading.Events(var events, var next) -> {
        position = next;
        yield new Next.Events(events.stream().filter(wanted).toList(), next.toString());
      }
      // It was too slow; it is told so when it comes again.
      case Chronicle.Reading.Missed _ -> new Next.End();
      case Chronicle.Reading.Ended _ -> new Next.End();
    };
  }

  private ChannelEvent reset(String why) {
    return new ChannelEvent(
        position.toString(),
        clock.instant(),
        EventType.RESET,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        why);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
