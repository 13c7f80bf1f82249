package io.hydra.testing.history;

import io.hydra.testing.history.Call.Impossible;
import io.hydra.testing.history.Call.Publish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All calls to one channel, which was empty before. It is linearizable if there is an order of them
 * in which each has the answer that it got, and in which none that had ended comes after one that
 * began later (Herlihy and Wing, 1990). The order is searched for as by Wing and Gong (1993), with
 * states that were seen before left out (Lowe, 2017).
 *
 * <p>Takes time that grows with the number of calls and exponentially with how many run at once; a
 * call that is never answered runs to the end, unless it is a publish whose release nobody has
 * listed in the end.
 */
public final class History {
  private final List<Call> calls;
  private final List<String> releases;

  /**
   * @param calls in any order
   * @param releases contents of all releases in the end, that of sequence number 1 first
   */
  public History(List<Call> calls, List<String> releases) {
    this.releases = List.copyOf(releases);
    // Releases never leave the list: one that is not in it was never published.
    var listed = Set.copyOf(releases);
    this.calls =
        calls.stream()
            .filter(call -> call.answer().isPresent() || mayHaveHappened(call, listed))
            .sorted(Comparator.comparingLong(Call::start))
            .toList();
  }

  private static boolean mayHaveHappened(Call call, Set<String> listed) {
    return !(call.operation() instanceof Publish(var content)) || listed.contains(content);
  }

  private record Seen(BitSet done, ChannelModel model) {}

  /** Calls up to some point in an order, and which are to be tried next. */
  private record Step(BitSet done, ChannelModel model, ArrayDeque<Integer> next) {}

  /** Why it cannot have happened, for people; empty where it can. */
  public Optional<String> violation() {
    var seen = new HashSet<Seen>();
    var stack = new ArrayDeque<Step>();
    var furthest = new BitSet();
    stack.push(step(new BitSet(), ChannelModel.EMPTY));
    while (!stack.isEmpty()) {
      var step = stack.peek();
      if (isWhole(step)) {
        return Optional.empty();
      }
      if (step.done().cardinality() > furthest.cardinality()) {
        furthest = step.done();
      }
      if (step.next().isEmpty()) {
        stack.pop();
        continue;
      }
      int index = step.next().pop();
      after(step.model(), calls.get(index))
          .ifPresent(
              model -> {
                var done = (BitSet) step.done().clone();
                done.set(index);
                if (seen.add(new Seen(done, model))) {
                  stack.push(step(done, model));
                }
              });
    }
    return Optional.of(
        "no order explains more than %d of %d calls; none of these can be next: %s; releases in the end: %s"
            .formatted(furthest.cardinality(), calls.size(), remaining(furthest), releases));
  }

  private boolean isWhole(Step step) {
    for (int i = step.done().nextClearBit(0);
        i < calls.size();
        i = step.done().nextClearBit(i + 1)) {
      if (calls.get(i).answer().isPresent()) {
        return false;
      }
    }
    return step.model().contents().equals(releases);
  }

  private Step step(BitSet done, ChannelModel model) {
    return new Step(done, model, new ArrayDeque<>(candidates(done)));
  }

  /** Those that nobody else has to come before. */
  private List<Integer> candidates(BitSet done) {
    var found = new ArrayList<Integer>();
    long firstEnd = Call.NEVER;
    for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
      var call = calls.get(i);
      if (call.start() > firstEnd) {
        break;
      }
      firstEnd = Math.min(firstEnd, call.end());
      found.add(i);
    }
    return found;
  }

  /** Empty where it cannot have come then. */
  private Optional<ChannelModel> after(ChannelModel before, Call call) {
    var after = before.after(call.operation());
    if (call.answer().filter(Impossible.class::isInstance).isPresent()) {
      return after.isPresent() ? Optional.empty() : Optional.of(before);
    }
    return after
        .filter(model -> call.answer().map(model.answer(call.operation())::equals).orElse(true))
        .filter(model -> beginsAsListed(model.contents()));
  }

  private boolean beginsAsListed(List<String> contents) {
    return contents.size() <= releases.size()
        && contents.equals(releases.subList(0, contents.size()));
  }

  private String remaining(BitSet done) {
    return candidates(done).stream().map(calls::get).map(Call::toString).toList().toString();
  }
}
