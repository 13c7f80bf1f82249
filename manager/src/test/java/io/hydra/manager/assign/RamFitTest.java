package io.hydra.manager.assign;

import static io.hydra.manager.reconcile.World.inRam;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.World;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RamFitTest {
  private static final ReleaseDataset OLD = inRam("d", "old", 50);
  private static final ReleaseDataset NEW = inRam("d", "new", 60);
  private static final Map<Digest, Long> OLD_HELD = Map.of(OLD.digest(), 50L);
  private static final Map<Digest, Long> NOTHING = Map.of();

  private static Release release(ReleaseDataset... datasets) {
    return new Release(World.CHANNEL, 2, ReleaseVersion.of("v2"), Instant.EPOCH, List.of(datasets));
  }

  private static NodePicture node(
      Optional<Long> free, Map<Digest, Long> others, DatasetReport... datasets) {
    var report =
        new NodeReport(
            1,
            true,
            new Capacity(1_000, 1_000),
            free.map(f -> new Capacity(100, f)),
            List.of(datasets));
    return new NodePicture(
        NodeName.of("n"), Connection.CONNECTED, Optional.of(Inventory.of(report, 1)), others);
  }

  private static NodePicture node(long free, DatasetReport... datasets) {
    return node(Optional.of(free), NOTHING, datasets);
  }

  private static DatasetReport copy(ReleaseDataset dataset, CopyState ram) {
    return new DatasetReport(
        dataset.digest(), CopyState.READY, ram, 0, dataset.bytes(), 0, Optional.empty());
  }

  @Test
  void bothVersionsFitWhereSoMuchIsFree() {
    var fit = RamFit.of(release(NEW), node(60, copy(OLD, CopyState.READY)), OLD_HELD, true);

    assertThat(fit).isEqualTo(new RamFit.Beside());
  }

  @Test
  void oneByteLessNeedsTheOldToGo() {
    var fit = RamFit.of(release(NEW), node(59, copy(OLD, CopyState.READY)), OLD_HELD, true);

    assertThat(fit).isEqualTo(new RamFit.AfterRelease(60, 59));
  }

  @Test
  void tooLargeEvenAloneNeverFits() {
    var fit = RamFit.of(release(NEW), node(9, copy(OLD, CopyState.READY)), OLD_HELD, true);

    assertThat(fit).isEqualTo(new RamFit.Never(60, 59));
  }

  @Test
  void whatNobodyWantsAnyMoreCountsAsFree() {
    var fit = RamFit.of(release(NEW), node(10, copy(OLD, CopyState.READY)), NOTHING, true);

    assertThat(fit).isEqualTo(new RamFit.Beside());
  }

  @Test
  void whatIsBeingRemovedCountsAsFree() {
    var fit = RamFit.of(release(NEW), node(10, copy(OLD, CopyState.EVICTING)), NOTHING, true);

    assertThat(fit).isEqualTo(new RamFit.Beside());
  }

  @Test
  void beforeTheManagerHasSettledNothingCountsAsUnwanted() {
    var fit = RamFit.of(release(NEW), node(10, copy(OLD, CopyState.READY)), NOTHING, false);

    assertThat(fit).isNotEqualTo(new RamFit.Beside());
  }

  @Test
  void whatIsThereAlreadyNeedsNoMoreRoom() {
    var fit = RamFit.of(release(OLD), node(0, copy(OLD, CopyState.READY)), OLD_HELD, true);

    assertThat(fit).isEqualTo(new RamFit.Beside());
  }

  @Test
  void aCopyOnItsWayHasItsRoom() {
    var fit =
        RamFit.of(
            release(NEW),
            node(0, copy(OLD, CopyState.READY), copy(NEW, CopyState.MOVING)),
            OLD_HELD,
            true);

    assertThat(fit).isEqualTo(new RamFit.Beside());
  }

  @Test
  void unchangedContentCountsOnce() {
    var same = inRam("same", "same", 30);
    var held = Map.of(OLD.digest(), 50L, same.digest(), 30L);
    var fit =
        RamFit.of(
            release(NEW, same),
            node(20, copy(OLD, CopyState.READY), copy(same, CopyState.READY)),
            held,
            true);

    assertThat(fit).isEqualTo(new RamFit.AfterRelease(60, 20));
  }

  @Test
  void whatAnotherChannelWaitsForIsNotFree() {
    var others = Map.of(inRam("o", "other", 20).digest(), 20L);

    assertThat(RamFit.of(release(NEW), node(Optional.of(79L), others), NOTHING, true))
        .isEqualTo(new RamFit.Never(60, 59));
  }

  @Test
  void whatAnotherChannelHasInRamIsNeverFreed() {
    var others = Map.of(OLD.digest(), 50L);
    var fit =
        RamFit.of(
            release(NEW),
            node(Optional.of(20L), others, copy(OLD, CopyState.READY)),
            OLD_HELD,
            true);

    assertThat(fit).isEqualTo(new RamFit.Never(60, 20));
  }

  @Test
  void aDatasetThatMovesFromDiskToRamNeedsItsRoom() {
    var moved = inRam("d", "moved", 10);

    assertThat(RamFit.of(release(moved), node(5, copy(moved, CopyState.ABSENT)), NOTHING, true))
        .isEqualTo(new RamFit.Never(10, 5));
  }

  @Test
  void aNodeWithoutRamRootTakesNoRamDataset() {
    assertThat(RamFit.of(release(NEW), node(Optional.empty(), NOTHING), NOTHING, true))
        .isEqualTo(new RamFit.NoRamRoot(60));
  }

  @Test
  void aReleaseWithoutRamDatasetsFitsAnywhere() {
    assertThat(RamFit.of(release(onDisk("d", "x")), node(Optional.empty(), NOTHING), NOTHING, true))
        .isEqualTo(new RamFit.Beside());
  }
}
