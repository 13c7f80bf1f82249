package io.hydra.manager.assign;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
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

  private static final Budget SMALL = new Budget(Optional.of(1L), Optional.of(1L));

  private static NodeContribution claims(
      NodeContribution wish, ChannelId channel, ClaimedContent... contents) {
    return new NodeContribution(
        wish.datasets(),
        wish.retain(),
        wish.live(),
        Optional.of(new ChannelClaim(channel, SMALL, List.of(contents))));
  }

  @Test
  void withoutBudgetsThereIsNothingToClaim() {
    assertThat(merge(Map.of(ONE, wants(List.of(), dataset(SHARED, true, 10)))).claims()).isEmpty();
  }

  @Test
  void whatOneWithoutABudgetWantsAsWellItClaimsWithoutLimits() {
    var bound = new ClaimedContent(SHARED, 10, true, false);
    var content =
        merge(
            Map.of(
                ONE,
                claims(wants(List.of(), dataset(SHARED, false, 10)), ONE, bound),
                TWO,
                wants(List.of(), dataset(SHARED, true, 0), dataset(OTHER, false, 0))));

    assertThat(content.claims())
        .containsExactly(
            new ChannelClaim(ONE, SMALL, List.of(bound)),
            new ChannelClaim(
                TWO, Budget.NONE, List.of(new ClaimedContent(SHARED, 10, true, true))));
  }

  @Test
  void whatAChannelHasLetGoDoesNotCountForItWhileAnotherKeepsIt() {
    var former = new ClaimedContent(SHARED, 10, false, true);
    var gone = new ClaimedContent(digest("gone"), 10, false, true);
    var retained = new ClaimedContent(OTHER, 10, false, true);

    var wanted =
        merge(
            Map.of(
                ONE,
                claims(wants(List.of(OTHER)), ONE, former, gone, retained),
                TWO,
                wants(List.of(OTHER), dataset(SHARED, false, 0))));

    assertThat(wanted.claims().getFirst().contents()).containsExactly(gone, retained);
  }

  @Test
  void whatOnlyAnotherChannelWantsInRamDoesNotCountThere() {
    var inRam = new ClaimedContent(SHARED, 10, true, true);
    var wish = claims(wants(List.of(), dataset(SHARED, false, 10)), ONE, inRam);
    var other = wants(List.of(), dataset(SHARED, true, 0));

    assertThat(merge(Map.of(ONE, wish, TWO, other)).claims().getFirst().contents())
        .containsExactly(new ClaimedContent(SHARED, 10, true, false));
    assertThat(merge(Map.of(ONE, wish)).claims().getFirst().contents()).containsExactly(inRam);
  }
}
