package io.hydra.testing.history;

import io.hydra.testing.history.Call.Answer;
import io.hydra.testing.history.Call.Heads;
import io.hydra.testing.history.Call.Operation;
import io.hydra.testing.history.Call.Pin;
import io.hydra.testing.history.Call.Publish;
import io.hydra.testing.history.Call.Published;
import io.hydra.testing.history.Call.ReadChannel;
import io.hydra.testing.history.Call.ReadReleases;
import io.hydra.testing.history.Call.Releases;
import io.hydra.testing.history.Call.Rollback;
import io.hydra.testing.history.Call.Unpin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A channel as its clients may see it.
 *
 * @param contents of the releases; that of sequence number 1 first
 * @param head sequence number; 0 where there is none
 * @param pin sequence number; 0 where there is none
 */
record ChannelModel(List<String> contents, long head, long pin, Set<Long> rejected) {
  static final ChannelModel EMPTY = new ChannelModel(List.of(), 0, 0, Set.of());

  ChannelModel {
    contents = List.copyOf(contents);
    rejected = Set.copyOf(rejected);
  }

  /** What it is afterwards; empty where the operation is not possible. */
  Optional<ChannelModel> after(Operation operation) {
    return switch (operation) {
      case Publish(var content) -> Optional.of(with(content));
      case Rollback(Optional<Long> to) -> goal(to).map(this::rolledBackTo);
      case Pin(var sequence) -> pinnedTo(sequence);
      case Unpin _ -> Optional.of(new ChannelModel(contents, head, 0, rejected));
      case ReadChannel _, ReadReleases _ -> Optional.of(this);
    };
  }

  /** What whoever did that is told, of what it is afterwards. */
  Answer answer(Operation operation) {
    return switch (operation) {
      case Publish _ -> new Published(last());
      case Rollback _, Pin _, Unpin _, ReadChannel _ -> new Heads(head, pin);
      case ReadReleases _ ->
          new Releases(head, pin, last(), last() == 0 ? "" : contents.getLast(), rejected);
    };
  }

  private long last() {
    return contents.size();
  }

  private ChannelModel with(String content) {
    var all = new ArrayList<>(contents);
    all.add(content);
    return new ChannelModel(all, all.size(), pin, rejected);
  }

  private Optional<ChannelModel> pinnedTo(long sequence) {
    return Optional.of(sequence)
        .filter(this::exists)
        .map(_ -> new ChannelModel(contents, head, sequence, rejected));
  }

  private Optional<Long> goal(Optional<Long> to) {
    return to.isPresent()
        ? to.filter(this::exists).filter(s -> s < head || rejected.contains(s))
        : LongStream.range(1, head)
            .filter(s -> !rejected.contains(s))
            .boxed()
            .reduce((_, later) -> later);
  }

  private boolean exists(long sequence) {
    return sequence > 0 && sequence <= last();
  }

  private ChannelModel rolledBackTo(long goal) {
    var bad = new HashSet<>(rejected);
    bad.remove(goal);
    LongStream.rangeClosed(goal + 1, last()).forEach(bad::add);
    return new ChannelModel(contents, goal, pin, bad);
  }
}
