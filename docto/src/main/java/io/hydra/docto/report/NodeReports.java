package io.hydra.docto.report;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Tells the whole inventory in the words of the wire. Pure. */
final class NodeReports {
  private NodeReports() {}

  static NodeReport of(
      Optional<NodeDesired> order,
      Map<Digest, Content> actual,
      Capacity disk,
      Optional<Capacity> ram,
      Map<ChannelId, ReleaseRef> live) {
    var wanted = new HashMap<Digest, DesiredDataset>();
    order.ifPresent(o -> o.datasets().forEach(dataset -> wanted.put(dataset.digest(), dataset)));
    var digests = new TreeSet<>(wanted.keySet());
    actual.values().stream().filter(NodeReports::present).forEach(c -> digests.add(c.digest()));
    var datasets =
        digests.stream()
            .map(
                digest ->
                    describe(
                        actual.getOrDefault(digest, Content.absent(digest)),
                        Optional.ofNullable(wanted.get(digest))))
            .toList();
    return new NodeReport(
        order.map(NodeDesired::epoch).orElse(0L), settled(actual), disk, ram, datasets, live);
  }

  private static boolean settled(Map<Digest, Content> actual) {
    return actual.values().stream()
        .noneMatch(
            content ->
                content.disk() instanceof DiskCopy.Uncertain
                    || content.disk() instanceof DiskCopy.Checking
                    || content.ram() instanceof RamCopy.Uncertain
                    || content.ram() instanceof RamCopy.Checking);
  }

  private static boolean present(Content content) {
    return !(content.disk() instanceof DiskCopy.Absent && content.ram() instanceof RamCopy.Absent);
  }

  private static DatasetReport describe(Content content, Optional<DesiredDataset> wanted) {
    return new DatasetReport(
        content.digest(),
        diskState(content.disk(), wanted.isPresent()),
        ramState(content.ram(), wanted.filter(DesiredDataset::ram).isPresent()),
        fetchedBytes(content.disk()),
        totalBytes(content.disk(), wanted),
        content.downloadedBytes(),
        content.fault());
  }

  private static CopyState diskState(DiskCopy copy, boolean wanted) {
    return switch (copy) {
      case DiskCopy.Absent _, DiskCopy.Staged _ -> wanted ? CopyState.WAITING : CopyState.ABSENT;
      case DiskCopy.Evicting _ -> wanted ? CopyState.WAITING : CopyState.EVICTING;
      case DiskCopy.Uncertain _, DiskCopy.Damaged _ -> CopyState.UNCERTAIN;
      case DiskCopy.Checking _, DiskCopy.Verifying _ -> CopyState.VERIFYING;
      case DiskCopy.Fetching _ -> CopyState.MOVING;
      case DiskCopy.Ready _ -> CopyState.READY;
    };
  }

  private static CopyState ramState(RamCopy copy, boolean wanted) {
    return switch (copy) {
      case RamCopy.Absent _ -> wanted ? CopyState.WAITING : CopyState.ABSENT;
      case RamCopy.Evicting _ -> wanted ? CopyState.WAITING : CopyState.EVICTING;
      case RamCopy.Uncertain _, RamCopy.Damaged _ -> CopyState.UNCERTAIN;
      case RamCopy.Checking _, RamCopy.Mending _ -> CopyState.VERIFYING;
      case RamCopy.Copying _ -> CopyState.MOVING;
      case RamCopy.Ready _ -> CopyState.READY;
    };
  }

  private static long fetchedBytes(DiskCopy copy) {
    return switch (copy) {
      case DiskCopy.Staged(long bytes, long _) -> bytes;
      case DiskCopy.Fetching(long fetched, long _) -> fetched;
      case DiskCopy.Verifying(long total) -> total;
      case DiskCopy.Ready(var content) -> content.bytes();
      case DiskCopy.Absent _, DiskCopy.Uncertain _, DiskCopy.Damaged _ -> 0;
      case DiskCopy.Checking _, DiskCopy.Evicting _ -> 0;
    };
  }

  private static long totalBytes(DiskCopy copy, Optional<DesiredDataset> wanted) {
    return copy instanceof DiskCopy.Ready(var content)
        ? content.bytes()
        : wanted.map(DesiredDataset::bytes).orElse(0L);
  }
}
