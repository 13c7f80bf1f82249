package io.hydra.manager.assign;

import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.wire.Capacity;
import io.hydra.wire.DatasetReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a release's RAM copies fit on a node. All sizes in bytes. */
public sealed interface RamFit {
  /** They fit beside what is held, or are there already, or there are none. */
  record Beside() implements RamFit {}

  /**
   * They fit only when the node's instances let go of what they hold.
   *
   * @param budget the channel's, where it is that, and not the node's RAM, which is too small for
   *     both
   */
  record AfterRelease(long needed, long free, Optional<Long> budget) implements RamFit {
    AfterRelease(long needed, long free) {
      this(needed, free, Optional.empty());
    }
  }

  /** They do not fit even then. */
  record Never(long needed, long possible) implements RamFit {}

  record NoRamRoot(long needed) implements RamFit {}

  /** The release alone is more than the channel's budget. */
  record OverBudget(long needed, long budget) implements RamFit {}

  /** The node was not heard. */
  record Unknown() implements RamFit {}

  /**
   * Counts what is still to be copied against the free space as measured, what would become free,
   * and what others wait for. A copy on its way counts as fitting: the node has reserved its space.
   *
   * @param held what must stay in RAM for this channel, in bytes
   * @param mayEvict whether copies that nobody is known to want count as free
   */
  static RamFit of(Release release, NodePicture node, Map<Digest, Long> held, boolean mayEvict) {
    var wanted = ramOf(release);
    long total = sum(wanted);
    if (total == 0) {
      return new Beside();
    }
    if (node.inventory().isEmpty()) {
      return new Unknown();
    }
    var inventory = node.inventory().get();
    var capacity = inventory.report().ram();
    if (capacity.isEmpty()) {
      return new NoRamRoot(total);
    }
    return compare(
        new Account(inventory, capacity.get(), wanted, held, node.ramOfOthers()), mayEvict);
  }

  /** What the release wants in RAM; content that stands under two names counts once. */
  static Map<Digest, Long> ramOf(Release release) {
    var wanted = new LinkedHashMap<Digest, Long>();
    release.datasets().stream()
        .filter(dataset -> dataset.placement() == Placement.RAM)
        .forEach(dataset -> wanted.put(dataset.digest(), dataset.bytes()));
    return wanted;
  }

  private static RamFit compare(Account account, boolean mayEvict) {
    long needed = account.missing();
    if (needed == 0) {
      return new Beside();
    }
    long free = Math.max(0, account.free() + (mayEvict ? account.unwanted() : 0));
    long besides = free - account.promised();
    if (needed <= besides - account.promisedToHolders()) {
      return new Beside();
    }
    long afterRelease = Math.max(0, besides + account.freedByHolders());
    return needed <= afterRelease
        ? new AfterRelease(needed, Math.max(0, besides - account.promisedToHolders()))
        : new Never(needed, afterRelease);
  }

  private static long sum(Map<Digest, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The node's RAM, entry by entry. */
  record Account(
      Inventory inventory,
      Capacity capacity,
      Map<Digest, Long> wanted,
      Map<Digest, Long> held,
      Map<Digest, Long> others) {

    long free() {
      return capacity.free();
    }

    /** Of the release, not yet in RAM nor on its way. */
    long missing() {
      return wanted.entrySet().stream()
          .filter(e -> !Inventory.isResidentOrMoving(inventory.ram(e.getKey())))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    /** In RAM, and nobody wants it any more. */
    long unwanted() {
      return inventory.datasets().values().stream()
          .filter(d -> Inventory.isResident(d.ram()))
          .filter(d -> !wanted.containsKey(d.digest()))
          .filter(d -> !held.containsKey(d.digest()) && !others.containsKey(d.digest()))
          .mapToLong(DatasetReport::totalBytes)
          .sum();
    }

    /** Wanted by other channels and not yet there. */
    long promised() {
      return pending(others, wanted.keySet());
    }

    /** Held by this channel's instances and not (or no longer) there. */
    long promisedToHolders() {
      return held.entrySet().stream()
          .filter(e -> !wanted.containsKey(e.getKey()) && !others.containsKey(e.getKey()))
          .filter(e -> !Inventory.isResident(inventory.ram(e.getKey())))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    /** In RAM for this channel's instances only, and not part of the release. */
    long freedByHolders() {
      return held.entrySet().stream()
          .filter(e -> !wanted.containsKey(e.getKey()) && !others.containsKey(e.getKey()))
          .filter(e -> Inventory.isResident(inventory.ram(e.getKey())))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    private long pending(Map<Digest, Long> entries, Set<Digest> except) {
      return entries.entrySet().stream()
          .filter(e -> !except.contains(e.getKey()))
          .filter(e -> !Inventory.isResident(inventory.ram(e.getKey())))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
  }
}
