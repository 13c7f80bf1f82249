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
  private final Retention retention;
  private final Instant now;

  private final List<Operation> operations = new ArrayList<>();
  private final Map<Digest, Fault> shortages = new HashMap<>();
  private final Set<Digest> taken = new HashSet<>();

  private final boolean hasRam;
  private final Ledger disk;
  private final Ledger ram;
  private final Slots slots;

  PlanDraft(
      NodeDesired desired,
      Map<Digest, Content> actual,
      Retention retention,
      Space space,
      Limits limits,
      Instant now) {
    this.wanted =
        desired.datasets().stream()
            .sorted(
                Comparator.comparingInt(DesiredDataset::priority)
                    .thenComparing(DesiredDataset::digest))
            .toList();
    this.wanted.forEach(
        dataset -> priorities.merge(dataset.digest(), dataset.priority(), Math::min));
    this.actual = actual;
    this.retention = retention;
    this.now = now;
    this.hasRam = space.ram().isPresent();
    this.disk = Ledger.of(Tier.DISK, desired, actual, retention, space.disk());
    this.ram = Ledger.of(Tier.RAM, desired, actual, retention, space.ram().orElse(0));
    this.slots = new Slots(limits, priorities, actual);
  }

  void remove(Content content) {
    var digest = content.digest();
    switch (content.ram()) {
      case RamCopy.Ready _, RamCopy.Uncertain _ -> {
        if (retention.removableFromRam(digest) && !content.busy()) {
          begin(new Operation.EvictRam(digest));
          ram.expectMore();
        }
      }
      case RamCopy.Damaged _ -> {
        // It may be in use, and what is wanted on disk is fetched again to mend it from.
        boolean mendable =
            content.disk() instanceof DiskCopy.Ready || priorities.containsKey(digest);
        if ((retention.removableFromRam(digest) || !mendable) && !content.busy()) {
          begin(new Operation.EvictRam(digest));
          ram.expectMore();
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
      removeFromDisk(content);
    }
  }

  private void removeFromDisk(Content content) {
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
          disk.expectMore();
        } else if (retention.mayRemove()) {
          evictDisk(digest);
        }
      }
      case DiskCopy.Staged _ -> {
        if (retention.removableFromDisk(digest) && !content.busy()) {
          begin(new Operation.DropStaging(digest));
          disk.expectMore();
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

  void check() {
    actual.values().stream()
        .filter(content -> mayBegin(content) && slots.mayCheck())
        .sorted(
            Comparator.comparing((Content c) -> !retention.disk().contains(c.digest()))
                .thenComparing(Content::digest))
        .forEach(this::check);
  }

  private void check(Content content) {
    if (!slots.mayCheck()) {
      return;
    }
    if (content.disk() instanceof DiskCopy.Uncertain) {
      slots.takeCheck();
      begin(new Operation.CheckDisk(content.digest()));
    } else if (content.ram() instanceof RamCopy.Uncertain
        && content.disk() instanceof DiskCopy.Ready(var committed)) {
      slots.takeCheck();
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
    if (slots.mayCopy()
        && content.ram() instanceof RamCopy.Damaged
        && content.disk() instanceof DiskCopy.Ready(var committed)) {
      slots.takeCopy();
      begin(new Operation.MendRam(committed));
    }
  }

  void fetch() {
    for (var dataset : wanted) {
      var content = contentOf(dataset.digest());
      if (isAtRest(content)) {
        switch (content.disk()) {
          case DiskCopy.Absent _ -> fetch(dataset, content, dataset.bytes());
          // What staging takes is taken, whether or not it must be fetched once more.
          case DiskCopy.Staged(long _, long held) ->
              fetch(dataset, content, Math.max(0, dataset.bytes() - held));
          case DiskCopy.Uncertain _, DiskCopy.Damaged _, DiskCopy.Ready _ -> {}
          case DiskCopy.Checking _, DiskCopy.Fetching _ -> {}
          case DiskCopy.Verifying _, DiskCopy.Evicting _ -> {}
        }
      }
    }
  }

  private void fetch(DesiredDataset dataset, Content content, long needed) {
    if (!content.mayTry(now)) {
      // Else what is less urgent would take its budget meanwhile, and not give it back.
      disk.reserve(dataset.digest(), needed);
      return;
    }
    if (!finds(disk, dataset.digest(), needed) || !slots.mayFetch(dataset.priority())) {
      return;
    }
    slots.takeFetch(dataset.priority());
    disk.take(dataset.digest(), needed);
    begin(new Operation.Fetch(dataset));
  }

  void place() {
    for (var dataset : wanted) {
      var content = contentOf(dataset.digest());
      if (dataset.ram() && !hasRam) {
        shortage(
            dataset.digest(),
            "a copy in RAM is wanted, but this node has no RAM root (hydra.ram-root)");
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
    if (!finds(ram, placing.digest(), needed) || !slots.mayCopy()) {
      return;
    }
    slots.takeCopy();
    ram.take(placing.digest(), needed);
    begin(placing);
  }

  /** Whether there is room; where none is on its way either, that is told. */
  private boolean finds(Ledger ledger, Digest digest, long needed) {
    return switch (ledger.room(digest, needed)) {
      case Room.Enough _ -> true;
      case Room.Coming _ -> false;
      case Room.Lacking(String why) -> {
        shortage(digest, why);
        yield false;
      }
    };
  }

  Plan finish() {
    return new Plan(operations, shortages);
  }

  private boolean mayBegin(Content content) {
    return isAtRest(content) && content.mayTry(now);
  }

  private boolean isAtRest(Content content) {
    return !content.busy() && !taken.contains(content.digest());
  }

  private Content contentOf(Digest digest) {
    return actual.getOrDefault(digest, Content.absent(digest));
  }

  private void evictDisk(Digest digest) {
    begin(new Operation.EvictDisk(digest));
    disk.expectMore();
  }

  private void begin(Operation operation) {
    operations.add(operation);
    taken.add(operation.digest());
  }

  private void shortage(Digest digest, String why) {
    shortages.putIfAbsent(digest, new Fault(ErrorCode.INSUFFICIENT_SPACE, why));
  }
}
