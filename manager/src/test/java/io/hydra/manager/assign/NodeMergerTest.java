package io.hydra.manager.assign;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.wire.DesiredDataset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeMergerTest {
  private static final ChannelId ONE = ChannelId.parse("prod/a/one");
  private static final ChannelId TWO = ChannelId.parse("prod/a/two");
  private static final Digest SHARED = digest("shared");
  private static final Digest OTHER = digest("other");

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static DesiredDataset dataset(Digest digest, boolean ram, int priority) {
    return new DesiredDataset(digest, "s3://b/x/", 10, 1, ram, priority);
  }

  private static NodeContribution wants(List<Digest> retain, DesiredDataset... datasets) {
    return new NodeContribution(List.of(datasets), retain, Optional.empty());
  }

  private static NodeMerger.Content merge(Map<ChannelId, NodeContribution> contributions) {
    return NodeMerger.merge(new TreeMap<>(contributions));
  }

  @Test
  void sharedContentIsWantedOnceInRamIfAnyWantsItThereByTheMoreUrgentPriority() {
    var content =
        merge(
            Map.of(
                ONE, wants(List.of(), dataset(SHARED, true, 10)),
                TWO, wants(List.of(), dataset(SHARED, false, 0))));

    assertThat(content.datasets()).containsExactly(dataset(SHARED, true, 0));
  }

  @Test
  void theMoreUrgentStandsFirst() {
    var content =
        merge(
            Map.of(
                ONE, wants(List.of(), dataset(SHARED, false, 10)),
                TWO, wants(List.of(), dataset(OTHER, false, 0))));

    assertThat(content.datasets()).extracting(DesiredDataset::digest).startsWith(OTHER);
  }

  @Test
  void whatOneChannelWantsAnotherNeedNotRetain() {
    var content =
        merge(
            Map.of(
                ONE, wants(List.of(SHARED, OTHER)),
                TWO, wants(List.of(), dataset(SHARED, false, 0))));

    assertThat(content.retain()).containsExactly(OTHER);
  }
}
