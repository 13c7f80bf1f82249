package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Content;
import io.hydra.docto.retention.Retention;
import io.hydra.model.Digest;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What channels with a budget take of one tier as a plan grows. Content that is to go counts until
 * it is gone; where nothing may go, what is not kept does not count, since it would count for ever.
 */
final class Budgets {
  private final List<Account> accounts;

  private Budgets(List<Account> accounts) {
    this.accounts = accounts;
  }

  static Budgets of(
      Tier tier, List<ChannelClaim> claims, Map<Digest, Content> actual, Retention retention) {
    return new Budgets(
        claims.stream().map(claim -> account(tier, claim, actual, retention)).toList());
  }

  private static Account account(
      Tier tier, ChannelClaim claim, Map<Digest, Content> actual, Retention retention) {
    var account = new Account(tier, claim);
    for (var claimed : claim.contents()) {
      if (tier.counts(claimed)
          && (retention.mayRemove() || tier.keeps(claimed.digest(), retention))) {
        var content = actual.getOrDefault(claimed.digest(), Content.absent(claimed.digest()));
        long bytes = tier.taken(content, claimed.bytes());
        account.taken += bytes;
        if (tier.isEvicting(content) || tier.isRemovable(content, retention)) {
          account.leaving += bytes;
        }
      }
    }
    return account;
  }

  /** Whether any channel that wants the content has room for it; what no claim wants is free. */
  Room room(Digest digest, long needed) {
    var wanting = accounts.stream().filter(account -> account.wanted.contains(digest)).toList();
    if (wanting.isEmpty() || wanting.stream().anyMatch(account -> account.has(needed))) {
      return new Room.Enough();
    }
    if (wanting.stream().anyMatch(account -> account.has(needed - account.leaving))) {
      return new Room.Coming();
    }
    return new Room.Lacking(
        wanting.stream()
            .map(account -> account.shortage(needed))
            .collect(Collectors.joining("; ")));
  }

  /** Each channel that has the content pays for it, also one that has no room. */
  void take(Digest digest, long bytes) {
    accounts.stream()
        .filter(account -> account.counted.contains(digest))
        .forEach(account -> account.taken += bytes);
  }

  private static final class Account {
    final Tier tier;
    final ChannelClaim claim;
    final Optional<Long> limit;
    final Set<Digest> counted;
    final Set<Digest> wanted;
    long taken;
    long leaving;

    Account(Tier tier, ChannelClaim claim) {
      this.tier = tier;
      this.claim = claim;
      this.limit = tier.limit(claim.budget());
      var contents = claim.contents().stream().filter(tier::counts).toList();
      this.counted =
          contents.stream().map(ClaimedContent::digest).collect(Collectors.toUnmodifiableSet());
      this.wanted =
          contents.stream()
              .filter(ClaimedContent::wanted)
              .map(ClaimedContent::digest)
              .collect(Collectors.toUnmodifiableSet());
    }

    boolean has(long needed) {
      return limit.map(bytes -> needed <= bytes - taken).orElse(true);
    }

    String shortage(long needed) {
      return "channel %s has a budget of %d bytes %s of each node; it takes %d of them and needs %d more"
          .formatted(claim.channel(), limit.orElseThrow(), tier.words(), taken, needed);
    }
  }
}
