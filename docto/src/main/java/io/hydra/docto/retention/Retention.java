package io.hydra.docto.retention;

import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.NodeDesired;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an order keeps and what it lets go.
 *
 * @param disk contents that stay on disk
 * @param ram contents that stay in RAM
 * @param mayRemove whether the rest may be removed: never before the manager knows enough
 */
public record Retention(Set<Digest> disk, Set<Digest> ram, boolean mayRemove) {

  public static Retention of(NodeDesired desired) {
    var disk =
        Stream.of(
                desired.datasets().stream().map(DesiredDataset::digest),
                desired.retain().stream(),
                // Named in a file that pods trust while the manager is gone.
                desired.live().stream()
                    .flatMap(release -> release.datasets().stream())
                    .map(PlacedDataset::digest))
            .flatMap(digests -> digests)
            .collect(Collectors.toUnmodifiableSet());
    var ram =
        desired.datasets().stream()
            .filter(DesiredDataset::ram)
            .map(DesiredDataset::digest)
            .collect(Collectors.toUnmodifiableSet());
    return new Retention(disk, ram, desired.complete());
  }

  public boolean removableFromDisk(Digest digest) {
    return mayRemove && !disk.contains(digest);
  }

  public boolean removableFromRam(Digest digest) {
    return mayRemove && !ram.contains(digest);
  }
}
