package io.hydra.cli.backup;

import io.hydra.cli.backup.BackupLine.Channel;
import io.hydra.cli.backup.BackupLine.Instance;
import io.hydra.cli.backup.BackupLine.Manifest;
import io.hydra.cli.backup.BackupLine.Node;
import io.hydra.cli.backup.BackupLine.Release;

/** How much of what a backup has. */
public record Contents(long channels, long releases, long manifests, long nodes, long instances) {
  static final Contents NONE = new Contents(0, 0, 0, 0, 0);

  Contents with(BackupLine line) {
    return new Contents(
        channels + (line instanceof Channel ? 1 : 0),
        releases + (line instanceof Release ? 1 : 0),
        manifests + (line instanceof Manifest ? 1 : 0),
        nodes + (line instanceof Node ? 1 : 0),
        instances + (line instanceof Instance ? 1 : 0));
  }

  @Override
  public String toString() {
    return "%d channels with %d releases and %d manifests, %d nodes, %d instances"
        .formatted(channels, releases, manifests, nodes, instances);
  }
}
