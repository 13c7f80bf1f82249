package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveFilesTest {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final Digest DIGEST = Digest.of("a".repeat(64));
  private static final ReleaseRef ONE = release(1);
  private static final ReleaseRef TWO = release(2);
  private static final Map<Digest, Content> THERE =
      Map.of(
          DIGEST,
          Content.absent(DIGEST)
              .withDisk(new DiskCopy.Ready(new CommittedContent(DIGEST, 1, List.of()))));

  private final NodeLayout layout;
  private final LiveFiles files;

  LiveFilesTest(@TempDir Path root) {
    layout = new NodeLayout(root, Optional.empty());
    files = opened();
  }

  @Test
  void givenWhatIsLiveIsWhole_thenItsReleaseIsNamed() throws IOException {
    files.bringUpToDate(live(ONE), THERE);

    assertThat(files.named()).containsExactly(Map.entry(CHANNEL, ONE));
    assertThat(files.contents()).containsExactly(DIGEST);
  }

  @Test
  void givenWhatIsLiveIsNotWhole_thenTheReleaseBeforeIsNamed() throws IOException {
    files.bringUpToDate(live(ONE), THERE);

    files.bringUpToDate(live(TWO), Map.of());

    assertThat(files.named()).containsExactly(Map.entry(CHANNEL, ONE));
  }

  @Test
  void givenARestart_thenWhatTheFilesSayIsNamedBeforeAnyOrder() throws IOException {
    files.bringUpToDate(live(TWO), THERE);

    assertThat(opened().named()).containsExactly(Map.entry(CHANNEL, TWO));
    assertThat(opened().contents()).containsExactly(DIGEST);
  }

  @Test
  void givenNothingIsLiveAnyMore_thenNothingIsNamed() throws IOException {
    files.bringUpToDate(live(ONE), THERE);

    files.bringUpToDate(new NodeDesired(6, true, List.of(), List.of(), List.of()), THERE);

    assertThat(files.named()).isEmpty();
    assertThat(files.contents()).isEmpty();
    assertThat(opened().named()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"channel\":", "{}", "{\"channel\":\"prod/search/searcher\"}"})
  void givenAFileThatIsNoneOfOurs_thenItNamesNothing(String text) throws IOException {
    files.bringUpToDate(live(ONE), THERE);
    Files.writeString(layout.live(CHANNEL), text);

    assertThat(opened().named()).isEmpty();
  }

  private LiveFiles opened() {
    var fresh = new LiveFiles(layout, HydraJson.mapper());
    try {
      fresh.open();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return fresh;
  }

  private static NodeDesired live(ReleaseRef release) {
    var dataset = new PlacedDataset(DatasetName.of("index"), DIGEST, Placement.DISK);
    var live = new LiveRelease(CHANNEL, release, 5, List.of(dataset));
    return new NodeDesired(5, true, List.of(), List.of(DIGEST), List.of(live));
  }

  private static ReleaseRef release(int number) {
    return new ReleaseRef(number, ReleaseVersion.of("2026-11-0%dT09-00-00".formatted(number)));
  }
}
