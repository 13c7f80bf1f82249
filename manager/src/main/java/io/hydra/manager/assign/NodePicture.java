package io.hydra.manager.assign;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import io.hydra.wire.Fault;
import java.util.Map;
import java.util.Optional;

/**
 * A node as the planner of one channel sees it.
 *
 * @param inventory its last report, if this manager has heard of it
 * @param ramOfOthers what other channels want in this node's RAM, in bytes
 */
public record NodePicture(
    NodeName name,
    Connection connection,
    Optional<Inventory> inventory,
    Map<Digest, Long> ramOfOthers) {
  public NodePicture {
    ramOfOthers = Map.copyOf(ramOfOthers);
  }

  /**
   * What a picture says, without keeping it: of two pictures of a node the same follows if they
   * have the same.
   *
   * @param inventory its revision; 0 where there is none
   */
  public record Basis(Connection connection, long inventory, Map<Digest, Long> ramOfOthers) {}

  public Basis basis() {
    return new Basis(connection, inventory.map(Inventory::revision).orElse(0L), ramOfOthers);
  }

  public boolean has(Release release) {
    return inventory.filter(i -> i.has(release)).isPresent();
  }

  public boolean hasOnDisk(Release release) {
    return inventory.filter(i -> i.hasOnDisk(release)).isPresent();
  }

  /** The release that the node's live file of the channel names. */
  public Optional<ReleaseRef> live(ChannelId channel) {
    return inventory.map(i -> i.report().live().get(channel));
  }

  /** What the node reports that keeps it from having all of the release. */
  public Optional<Fault> fault(Release release) {
    return inventory.flatMap(i -> i.fault(release));
  }
}
