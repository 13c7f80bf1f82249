package io.hydra.testing.history;

import io.hydra.testing.history.Call.Answer;
import io.hydra.testing.history.Call.Operation;
import io.hydra.testing.history.Call.Publish;
import io.hydra.testing.history.Call.Read;
import io.hydra.testing.history.Call.Rollback;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A channel as its clients may see it.
 *
 * @param contents of the releases; that of sequence number 1 first
 * @param head sequence number; 0 where there is none
 */
record ChannelModel(List<String> contents, long head, Set<Long> rejected) {
  static final ChannelModel EMPTY = new ChannelModel(List.of(), 0, Set.of());

  ChannelModel {
    contents = List.copyOf(contents);
    rejected = Set.copyOf(rejected);
  }

  /** What it is afterwards; empty where the operation is not possible. */
  Optional<ChannelModel> after(Operation operation) {
    return switch (operation) {
      case Publish(var content) -> Optional.of(with(content));
      case Rollback _ -> rolledBack();
      case Read _ -> Optional.of(this);
    };
  }

  /** What whoever did that is told. */
  Answer answer() {
    return new Answer(head, contents.size(), head == 0 ? "" : contents.get((int) head - 1));
  }

  private ChannelModel with(String content) {
    var all = new ArrayList<>(contents);
    all.add(content);
    return new ChannelModel(all, all.size(), rejected);
  }

  private Optional<ChannelModel> rolledBack() {
    var without = new HashSet<>(rejected);
    without.add(head);
    for (long sequence = head - 1; sequence > 0; sequence--) {
      if (!without.contains(sequence)) {
        return Optional.of(new ChannelModel(contents, sequence, without));
      }
    }
    return Optional.empty();
  }
}
