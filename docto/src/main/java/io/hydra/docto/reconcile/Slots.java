package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many operations may be begun as a plan grows, beside those that run. */
final class Slots {
  private final Map<Digest, Integer> priorities;

  /** Priorities of the fetches that run or are begun. */
  private final List<Integer> fetches = new ArrayList<>();

  private final int mostFetches;
  private int copies;
  private int checks;

  /**
   * @param priorities of what is wanted
   */
  Slots(Limits limits, Map<Digest, Integer> priorities, Map<Digest, Content> actual) {
    this.priorities = priorities;
    this.mostFetches = limits.fetches();
    this.copies = limits.copies();
    this.checks = limits.checks();
    actual.values().forEach(this::countRunning);
  }

  private void countRunning(Content content) {
    switch (content.disk()) {
      case DiskCopy.Fetching _, DiskCopy.Verifying _ -> countFetch(content);
      case DiskCopy.Checking _ -> checks--;
      case DiskCopy.Absent _, DiskCopy.Staged _, DiskCopy.Uncertain _, DiskCopy.Damaged _ -> {}
      case DiskCopy.Ready _, DiskCopy.Evicting _ -> {}
    }
    switch (content.ram()) {
      case RamCopy.Copying _, RamCopy.Mending _ -> copies--;
      case RamCopy.Checking _ -> checks--;
      case RamCopy.Absent _, RamCopy.Uncertain _, RamCopy.Damaged _ -> {}
      case RamCopy.Ready _, RamCopy.Evicting _ -> {}
    }
  }

  /** One that is not wanted any more is in everybody's way until it has ended. */
  private void countFetch(Content content) {
    fetches.add(priorities.getOrDefault(content.digest(), Integer.MIN_VALUE));
  }

  /**
   * Those that are less urgent are not in the way of one: they go on with what it leaves them.
   * There are few priorities, so there are rarely many more than may run of one.
   */
  boolean mayFetch(int priority) {
    return fetches.stream().filter(other -> other <= priority).count() < mostFetches;
  }

  void takeFetch(int priority) {
    fetches.add(priority);
  }

  boolean mayCopy() {
    return copies > 0;
  }

  void takeCopy() {
    copies--;
  }

  boolean mayCheck() {
    return checks > 0;
  }

  void takeCheck() {
    checks--;
  }
}
