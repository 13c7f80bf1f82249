package io.hydra.docto.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.desired.DesiredFile;
import io.hydra.docto.desired.DesiredState;
import io.hydra.docto.place.LiveFiles;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSoundnessTest {
  private static final Digest LIVE = Digest.of("a".repeat(64));
  private static final Digest OTHER = Digest.of("b".repeat(64));

  private final Inventory inventory = new Inventory();
  private final LiveFiles files;
  private final DesiredState desired;
  private final LiveSoundness soundness;

  LiveSoundnessTest(@TempDir Path directory) {
    var layout = new NodeLayout(directory, Optional.of(directory.resolve("ram")));
    files = new LiveFiles(layout, HydraJson.mapper());
    desired = new DesiredState(new DesiredFile(layout, HydraJson.mapper()));
    soundness = new LiveSoundness(files, inventory, desired);
  }

  @BeforeEach
  void live() throws IOException {
    for (var digest : List.of(LIVE, OTHER)) {
      inventory.change(
          digest, content -> content.withDisk(ready(digest)).withRam(new RamCopy.Ready()));
    }
    desired.offer(order(true));
    files.bringUpToDate(order(true), inventory.snapshot());
  }

  @Test
  void givenNoDamageThenNothingIsCorrupt() {
    assertThat(soundness.corrupt()).isEmpty();
  }

  @Test
  void givenDamageOnDiskThenItIsCorruptUntilItIsThereAgain() {
    inventory.change(LIVE, content -> content.withDisk(new DiskCopy.Damaged("x")));
    assertThat(soundness.corrupt()).containsExactly(Map.entry(LIVE, "on disk: x"));

    inventory.change(LIVE, content -> content.withDisk(new DiskCopy.Absent()));
    assertThat(soundness.corrupt()).containsExactly(Map.entry(LIVE, "on disk: x"));

    inventory.change(LIVE, content -> content.withDisk(ready(LIVE)));
    assertThat(soundness.corrupt()).isEmpty();
  }

  @Test
  void givenDamageInRamThenItIsCorruptUntilItIsMended() {
    inventory.change(LIVE, content -> content.withRam(new RamCopy.Damaged("x")));
    inventory.change(LIVE, content -> content.withRam(new RamCopy.Mending()));
    assertThat(soundness.corrupt()).containsExactly(Map.entry(LIVE, "in RAM: x"));

    inventory.change(LIVE, content -> content.withRam(new RamCopy.Ready()));
    assertThat(soundness.corrupt()).isEmpty();
  }

  @Test
  void givenDamageInRamThatIsMadeAnewThenItIsCorruptMeanwhile() {
    inventory.change(LIVE, content -> content.withRam(new RamCopy.Damaged("x")));
    inventory.change(LIVE, content -> content.withRam(new RamCopy.Absent()));

    assertThat(soundness.corrupt()).containsExactly(Map.entry(LIVE, "in RAM: x"));
  }

  @Test
  void givenDamageInRamThatNothingWantsAnyMoreThenNothingIsCorrupt() {
    inventory.change(LIVE, content -> content.withRam(new RamCopy.Damaged("x")));
    inventory.change(LIVE, content -> content.withRam(new RamCopy.Absent()));

    desired.offer(order(false));

    assertThat(soundness.corrupt()).isEmpty();
  }

  @Test
  void givenDamageOfWhatIsNotLiveThenNothingIsCorrupt() {
    inventory.change(OTHER, content -> content.withDisk(new DiskCopy.Damaged("x")));

    assertThat(soundness.corrupt()).isEmpty();
  }

  private static DiskCopy ready(Digest digest) {
    return new DiskCopy.Ready(new CommittedContent(digest, 1, List.of()));
  }

  private static NodeDesired order(boolean inRam) {
    var placed = new PlacedDataset(DatasetName.of("index"), LIVE, Placement.RAM);
    var release =
        new LiveRelease(
            ChannelId.parse("prod/search/searcher"),
            new ReleaseRef(7, ReleaseVersion.of("2026-11-08T09-00-00")),
            5,
            List.of(placed));
    return new NodeDesired(
        5,
        true,
        List.of(new DesiredDataset(LIVE, "s3://b/p/", 1, 1, inRam, 0)),
        List.of(OTHER),
        List.of(release));
  }
}
