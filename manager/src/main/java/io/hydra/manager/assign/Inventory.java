package io.hydra.manager.assign;

import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.Fault;
import io.hydra.wire.NodeReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A node's last report, found by digest.
 *
 * @param datasets as reported
 * @param revision positive, that no other inventory has: it can be told from others without being
 *     kept
 */
public record Inventory(NodeReport report, Map<Digest, DatasetReport> datasets, long revision) {
  public Inventory {
    datasets = Map.copyOf(datasets);
  }

  public static Inventory of(NodeReport report, long revision) {
    var byDigest = new HashMap<Digest, DatasetReport>();
    report.datasets().forEach(dataset -> byDigest.put(dataset.digest(), dataset));
    return new Inventory(report, byDigest, revision);
  }

  public Optional<DatasetReport> dataset(Digest digest) {
    return Optional.ofNullable(datasets.get(digest));
  }

  public CopyState disk(Digest digest) {
    return dataset(digest).map(DatasetReport::disk).orElse(CopyState.ABSENT);
  }

  public CopyState ram(Digest digest) {
    return dataset(digest).map(DatasetReport::ram).orElse(CopyState.ABSENT);
  }

  /** Whether every dataset of the release is verified on disk. */
  public boolean hasOnDisk(Release release) {
    return release.datasets().stream().allMatch(d -> disk(d.digest()) == CopyState.READY);
  }

  /** Whether every dataset of the release is verified and placed. */
  public boolean has(Release release) {
    return release.datasets().stream().allMatch(this::has);
  }

  /** The first that keeps one of the release's datasets from getting on. */
  Optional<Fault> fault(Release release) {
    return release.datasets().stream()
        .flatMap(d -> dataset(d.digest()).flatMap(DatasetReport::fault).stream())
        .findFirst();
  }

  private boolean has(ReleaseDataset dataset) {
    return disk(dataset.digest()) == CopyState.READY
        && (dataset.placement() == Placement.DISK || ram(dataset.digest()) == CopyState.READY);
  }

  /** Whether the copy takes its full space, already or still. */
  static boolean isResident(CopyState state) {
    return switch (state) {
      case READY, VERIFYING, UNCERTAIN, EVICTING -> true;
      case ABSENT, WAITING, MOVING -> false;
    };
  }

  /** Whether the copy takes its full space, or has reserved it. */
  static boolean isResidentOrMoving(CopyState state) {
    return isResident(state) || state == CopyState.MOVING;
  }
}
