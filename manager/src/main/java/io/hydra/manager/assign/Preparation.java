package io.hydra.manager.assign;

import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.Fault;
import java.util.Optional;

/** How far a node is with a release's data. All sizes in bytes. */
public sealed interface Preparation {
  /** Everything is verified and placed. */
  record Ready() implements Preparation {
    /** Most nodes are so with most of their channels. */
    private static final Ready ONE = new Ready();
  }

  /**
   * Everything is on disk; RAM for it comes when the node's instances let go of the old.
   *
   * @param budget the channel's, where it is that, and not the node's RAM, which is too small for
   *     both
   */
  record Swap(long needed, long free, Optional<Long> budget) implements Preparation {
    public Swap(long needed, long free) {
      this(needed, free, Optional.empty());
    }
  }

  record Fetching(long readyBytes, long totalBytes, Optional<Fault> fault) implements Preparation {}

  /** On disk, and on its way into RAM. */
  record Placing(Optional<Fault> fault) implements Preparation {}

  /** It cannot become ready there as things are. */
  record Impossible(String reason) implements Preparation {}

  /** The node was not heard. */
  record Unheard() implements Preparation {}

  /** What the node reports that keeps it from going on. */
  default Optional<Fault> fault() {
    return switch (this) {
      case Fetching(long _, long _, var fault) -> fault;
      case Placing(var fault) -> fault;
      case Ready _, Swap _, Impossible _, Unheard _ -> Optional.empty();
    };
  }

  /** The channel's budget, in bytes, where it is that which has room for one release only. */
  default Optional<Long> budget() {
    return this instanceof Swap swap ? swap.budget : Optional.empty();
  }

  /** Whether all of it is on disk, proven, and RAM can take what shall be there. */
  default boolean isOnDisk() {
    return switch (this) {
      case Ready _, Swap _, Placing _ -> true;
      case Fetching _, Impossible _, Unheard _ -> false;
    };
  }

  static Preparation of(Release release, NodePicture node, RamFit fit) {
    if (node.inventory().isEmpty()) {
      return new Unheard();
    }
    var inventory = node.inventory().get();
    if (inventory.has(release)) {
      return Ready.ONE;
    }
    var refusal = refusal(release, node.name(), fit);
    if (refusal.isPresent()) {
      return new Impossible(refusal.get());
    }
    if (!inventory.hasOnDisk(release)) {
      return fetching(release, inventory);
    }
    return switch (fit) {
      case RamFit.AfterRelease(long needed, long free, var budget) ->
          new Swap(needed, free, budget);
      case RamFit.Beside _, RamFit.Never _, RamFit.NoRamRoot _ ->
          new Placing(inventory.fault(release));
      case RamFit.OverBudget _, RamFit.Unknown _ -> new Placing(inventory.fault(release));
    };
  }

  /** Bytes of the release that are on the node's disk or on their way there. */
  static Fetching fetching(Release release, Inventory inventory) {
    long ready = 0;
    long total = 0;
    for (var dataset : release.datasets()) {
      total += dataset.bytes();
      ready +=
          inventory.disk(dataset.digest()) == CopyState.READY
              ? dataset.bytes()
              : Math.min(
                  dataset.bytes(),
                  inventory.dataset(dataset.digest()).map(DatasetReport::fetchedBytes).orElse(0L));
    }
    return new Fetching(ready, total, inventory.fault(release));
  }

  private static Optional<String> refusal(Release release, NodeName node, RamFit fit) {
    return switch (fit) {
      case RamFit.NoRamRoot(long needed) ->
          Optional.of(
              "node %s has no RAM root, but release %s wants %d bytes in RAM"
                  .formatted(node, release.ref(), needed));
      case RamFit.Never(long needed, long possible) ->
          Optional.of(
              "node %s has too little RAM: release %s needs %d more bytes, at most %d can become free"
                  .formatted(node, release.ref(), needed, possible));
      case RamFit.OverBudget(long needed, long budget) ->
          Optional.of(
              "release %s wants %d bytes in RAM, and channel %s has a budget of %d in RAM of each node"
                  .formatted(release.ref(), needed, release.channel(), budget));
      case RamFit.Beside _, RamFit.AfterRelease _, RamFit.Unknown _ -> Optional.empty();
    };
  }
}
