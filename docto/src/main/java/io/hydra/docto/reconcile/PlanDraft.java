package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.operate.Operation;
import io.hydra.docto.retention.Retention;
import io.hydra.error.ErrorCode;
import io.hydra.model.Digest;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.Fault;
import io.hydra.wire.NodeDesired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan as it grows: what is begun takes its space and its slot from what follows. */
final class PlanDraft {
  private final List<DesiredDataset> wanted;
  private final Map<Digest, Integer> priorities = new HashMap<>();
  private final Map<Digest, Content> actual;
  private final Instant now;

  private final List<Operation> operations = new ArrayList<>();
  private final Map<Digest, Fault> shortages = new HashMap<>();
  private final Set<Digest> taken = new HashSet<>();

  private final boolean hasRam;
  private long diskFree;
  private long ramFree;
  private boolean diskComing;
  private boolean ramComing;

  /** Priorities of the fetches that run or are begun. */
  private final List<Integer> fetches = new ArrayList<>();

  private final int mostFetches;
  private int copies;
  private int checks;

  PlanDraft(
      NodeDesired desired, Map<Digest, Content> actual, Space space, Limits limits, Instant now) {
    this.wanted =
        desired.datasets().stream()
            .sorted(
                Comparator.comparingInt(DesiredDataset::priority)
                    .thenComparing(DesiredDataset::digest))
            .toList();
    this.wanted.forEach(
        dataset -> priorities.merge(dataset.digest(), dataset.priority(), Math::min));
    this.actual = actual;
    this.now = now;
    this.hasRam = space.ram().isPresent();
    this.diskFree = space.disk();
    this.ramFree = space.ram().orElse(0);
    this.mostFetches = limits.fetches();
    this.copies = limits.copies();
    this.checks = limits.checks();
    actual.values().forEach(this::countRunning);
  }

  /** What runs holds its slot, and the space that it has not yet written. */
  private void countRunning(Content content) {
    switch (content.disk()) {
      case DiskCopy.Fetching(long fetched, long total) -> {
        countFetch(content);
        diskFree -= Math.max(0, total - fetched);
      }
      case DiskCopy.Verifying _ -> countFetch(content);
      case DiskCopy.Checking _ -> checks--;
      case DiskCopy.Evicting _ -> diskComing = true;
      case DiskCopy.Absent _, DiskCopy.Staged _, DiskCopy.Uncertain _, DiskCopy.Damaged _ -> {}
      case DiskCopy.Ready _ -> {}
    }
    switch (content.ram()) {
      case RamCopy.Copying(long copied, long total) -> {
        copies--;
        ramFree -= Math.max(0, total - copied);
      }
      case RamCopy.Checking _ -> checks--;
      case RamCopy.Mending _ -> copies--;
      case RamCopy.Evicting _ -> ramComing = true;
      case RamCopy.Absent _, RamCopy.Uncertain _, RamCopy.Damaged _, RamCopy.Ready _ -> {}
    }
  }

  /** One that is not wanted any more is in everybody's way until it has ended. */
  private void countFetch(Content content) {
    fetches.add(priorities.getOrDefault(content.digest(), Integer.MIN_VALUE));
  }

  void remove(Content content, Retention retention) {
    var digest = content.digest();
    switch (content.ram()) {
      case RamCopy.Ready _, RamCopy.Uncertain _ -> {
        if (retention.removableFromRam(digest) && !content.busy()) {
          begin(new Operation.EvictRam(digest));
          ramComing = true;
        }
      }
      case RamCopy.Damaged _ -> {
        // It may be in use, and what is wanted on disk is fetched again to mend it from.
        boolean mendable =
            content.disk() instanceof DiskCopy.Ready || priorities.containsKey(digest);
        if ((retention.removableFromRam(digest) || !mendable) && !content.busy()) {
          begin(new Operation.EvictRam(digest));
          ramComing = true;
        }
      }
      case RamCopy.Copying _ -> {
        if (!retention.ram().contains(digest)) {
          begin(new Operation.Cancel(digest));
        }
      }
      case RamCopy.Absent _, RamCopy.Checking _, RamCopy.Mending _, RamCopy.Evicting _ -> {}
    }
    if (!taken.contains(digest)) {
      removeFromDisk(content, retention);
    }
  }

  private void removeFromDisk(Content content, Retention retention) {
    var digest = content.digest();
    switch (content.disk()) {
      case DiskCopy.Ready _, DiskCopy.Uncertain _ -> {
        if (retention.removableFromDisk(digest) && !content.busy()) {
          evictDisk(digest);
        }
      }
      case DiskCopy.Damaged _ -> {
        // What is wanted is fetched again, what is only retained cannot be mended.
        if (content.busy() || !content.mayTry(now)) {
          return;
        }
        if (priorities.containsKey(digest)) {
          begin(new Operation.Withdraw(digest));
          diskComing = true;
        } else if (retention.mayRemove()) {
          evictDisk(digest);
        }
      }
      case DiskCopy.Staged _ -> {
        if (retention.removableFromDisk(digest) && !content.busy()) {
          begin(new Operation.DropStaging(digest));
          diskComing = true;
        }
      }
      case DiskCopy.Fetching _, DiskCopy.Verifying _ -> {
        if (!priorities.containsKey(digest)) {
          begin(new Operation.Cancel(digest));
        }
      }
      case DiskCopy.Absent _, DiskCopy.Checking _, DiskCopy.Evicting _ -> {}
    }
  }

  void check(Retention retention) {
    actual.values().stream()
        .filter(content -> mayBegin(content) && checks > 0)
        .sorted(
            Comparator.comparing((Content c) -> !retention.disk().contains(c.digest()))
                .thenComparing(Content::digest))
        .forEach(this::check);
  }

  private void check(Content content) {
    if (checks <= 0) {
      return;
    }
    if (content.disk() instanceof DiskCopy.Uncertain) {
      checks--;
      begin(new Operation.CheckDisk(content.digest()));
    } else if (content.ram() instanceof RamCopy.Uncertain
        && content.disk() instanceof DiskCopy.Ready(var committed)) {
      checks--;
      begin(new Operation.CheckRam(committed));
    }
  }

  /** Before fetches and copies: what is mended may be in use. */
  void mend() {
    actual.values().stream()
        .filter(this::mayBegin)
        .sorted(Comparator.comparing(Content::digest))
        .forEach(this::mend);
  }

  private void mend(Content content) {
    if (copies > 0
        && content.ram() instanceof RamCopy.Damaged
        && content.disk() instanceof DiskCopy.Ready(var committed)) {
      copies--;
      begin(new Operation.MendRam(committed));
    }
  }

  void fetch() {
    for (var dataset : wanted) {
      var content = contentOf(dataset.digest());
      if (mayBegin(content)) {
        switch (content.disk()) {
          case DiskCopy.Absent _ -> fetch(dataset, dataset.bytes());
          // What staging takes is taken, whether or not it must be fetched once more.
          case DiskCopy.Staged(long _, long held) ->
              fetch(dataset, Math.max(0, dataset.bytes() - held));
          case DiskCopy.Uncertain _, DiskCopy.Damaged _, DiskCopy.Ready _ -> {}
          case DiskCopy.Checking _, DiskCopy.Fetching _ -> {}
          case DiskCopy.Verifying _, DiskCopy.Evicting _ -> {}
        }
      }
    }
  }

  private void fetch(DesiredDataset dataset, long needed) {
    if (needed > diskFree) {
      if (!diskComing) {
        shortage(dataset.digest(), "on disk", needed, diskFree);
      }
      return;
    }
    if (!mayFetch(dataset.priority())) {
      return;
    }
    fetches.add(dataset.priority());
    diskFree -= needed;
    begin(new Operation.Fetch(dataset));
  }

  /**
   * Those that are less urgent are not in the way of one: they go on with what it leaves them.
   * There are few priorities, so there are rarely many more than may run of one.
   */
  private boolean mayFetch(int priority) {
    return fetches.stream().filter(other -> other <= priority).count() < mostFetches;
  }

  void place() {
    for (var dataset : wanted) {
      var content = contentOf(dataset.digest());
      if (dataset.ram() && !hasRam) {
        noRam(dataset.digest());
      } else if (dataset.ram()
          && mayBegin(content)
          && content.ram() instanceof RamCopy.Absent
          && content.disk() instanceof DiskCopy.Ready(var committed)) {
        place(new Operation.Place(committed));
      }
    }
  }

  private void place(Operation.Place placing) {
    long needed = placing.content().bytes();
    if (needed > ramFree) {
      if (!ramComing) {
        shortage(placing.digest(), "in RAM", needed, ramFree);
      }
      return;
    }
    if (copies <= 0) {
      return;
    }
    copies--;
    ramFree -= needed;
    begin(placing);
  }

  Plan finish() {
    return new Plan(operations, shortages);
  }

  private boolean mayBegin(Content content) {
    return !content.busy() && !taken.contains(content.digest()) && content.mayTry(now);
  }

  private Content contentOf(Digest digest) {
    return actual.getOrDefault(digest, Content.absent(digest));
  }

  private void evictDisk(Digest digest) {
    begin(new Operation.EvictDisk(digest));
    diskComing = true;
  }

  private void begin(Operation operation) {
    operations.add(operation);
    taken.add(operation.digest());
  }

  private void noRam(Digest digest) {
    shortages.putIfAbsent(
        digest,
        new Fault(
            ErrorCode.INSUFFICIENT_SPACE,
            "a copy in RAM is wanted, but this node has no RAM root (hydra.ram-root)"));
  }

  private void shortage(Digest digest, String where, long needed, long free) {
    shortages.put(
        digest,
        new Fault(
            ErrorCode.INSUFFICIENT_SPACE,
            "needs %d bytes %s, %d are free".formatted(needed, where, Math.max(0, free))));
  }
}
