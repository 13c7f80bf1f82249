package io.hydra.manager.assign;

import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.DesiredDataset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node is told of the budgets of its channels.
 *
 * @param kept what any channel wants or retains
 * @param inRam what any channel wants in RAM
 */
record Claims(
    SortedMap<ChannelId, NodeContribution> contributions, Set<Digest> kept, Set<Digest> inRam) {

  /**
   * Of channels that have a budget; and of those without one, as far as they want the same content,
   * without limits. None at all where no channel has one.
   */
  static List<ChannelClaim> of(SortedMap<ChannelId, NodeContribution> contributions) {
    return contributions.values().stream().allMatch(wish -> wish.claim().isEmpty())
        ? List.of()
        : collect(contributions).list();
  }

  private static Claims collect(SortedMap<ChannelId, NodeContribution> contributions) {
    return new Claims(
        contributions,
        contributions.values().stream()
            .flatMap(wish -> Stream.concat(digests(wish), wish.retain().stream()))
            .collect(Collectors.toUnmodifiableSet()),
        contributions.values().stream()
            .flatMap(Claims::digestsInRam)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<Digest> digests(NodeContribution wish) {
    return wish.datasets().stream().map(DesiredDataset::digest);
  }

  private static Stream<Digest> digestsInRam(NodeContribution wish) {
    return wish.datasets().stream().filter(DesiredDataset::ram).map(DesiredDataset::digest);
  }

  private List<ChannelClaim> list() {
    var bound =
        contributions.values().stream()
            .flatMap(wish -> wish.claim().stream())
            .flatMap(claim -> claim.contents().stream())
            .filter(ClaimedContent::wanted)
            .map(ClaimedContent::digest)
            .collect(Collectors.toUnmodifiableSet());
    return contributions.entrySet().stream()
        .flatMap(entry -> claim(entry.getKey(), entry.getValue(), bound).stream())
        .toList();
  }

  private Optional<ChannelClaim> claim(
      ChannelId channel, NodeContribution wish, Set<Digest> bound) {
    return wish.claim()
        .map(claim -> ofItsOwn(claim, wish))
        .or(() -> unlimited(channel, wish, bound));
  }

  /** Without what the channel has let go and others keep: that stays whatever becomes of it. */
  private ChannelClaim ofItsOwn(ChannelClaim claim, NodeContribution wish) {
    var ownInRam = digestsInRam(wish).collect(Collectors.toUnmodifiableSet());
    var retained = Set.copyOf(wish.retain());
    var contents =
        claim.contents().stream()
            .filter(c -> c.wanted() || retained.contains(c.digest()) || !kept.contains(c.digest()))
            .map(
                c ->
                    new ClaimedContent(
                        c.digest(),
                        c.bytes(),
                        c.wanted(),
                        c.ram() && (ownInRam.contains(c.digest()) || !inRam.contains(c.digest()))))
            .toList();
    return new ChannelClaim(claim.channel(), claim.budget(), contents);
  }

  private static Optional<ChannelClaim> unlimited(
      ChannelId channel, NodeContribution wish, Set<Digest> bound) {
    var shared =
        wish.datasets().stream()
            .filter(dataset -> bound.contains(dataset.digest()))
            .map(d -> new ClaimedContent(d.digest(), d.bytes(), true, d.ram()))
            .toList();
    return shared.isEmpty()
        ? Optional.empty()
        : Optional.of(new ChannelClaim(channel, Budget.NONE, shared));
  }
}
