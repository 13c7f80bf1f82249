package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Content;
import io.hydra.docto.retention.Retention;
import io.hydra.model.Digest;
import io.hydra.wire.NodeDesired;
import java.util.Map;

/** The space of one tier as a plan grows: what is begun takes its space from what follows. */
final class Ledger {
  private final Tier tier;
  private final Budgets budgets;
  private long free;
  private boolean coming;

  private Ledger(Tier tier, Budgets budgets, long free) {
    this.tier = tier;
    this.budgets = budgets;
    this.free = free;
  }

  /**
   * @param free bytes, as measured
   */
  static Ledger of(
      Tier tier, NodeDesired desired, Map<Digest, Content> actual, Retention retention, long free) {
    var ledger = new Ledger(tier, Budgets.of(tier, desired.claims(), actual, retention), free);
    actual
        .values()
        .forEach(
            content -> {
              ledger.free -= tier.unwritten(content);
              ledger.coming |= tier.isEvicting(content);
            });
    return ledger;
  }

  /** Something leaves: how much space comes by it, the next measurement tells. */
  void expectMore() {
    coming = true;
  }

  Room room(Digest digest, long needed) {
    var within = budgets.room(digest, needed);
    if (!(within instanceof Room.Enough) || needed <= free) {
      return within;
    }
    return coming
        ? new Room.Coming()
        : new Room.Lacking(
            "needs %d bytes %s, %d are free".formatted(needed, tier.words(), Math.max(0, free)));
  }

  /**
   * Keeps the budgets' room for what will be begun later; the tier's free space stays for others.
   */
  void reserve(Digest digest, long needed) {
    if (budgets.room(digest, needed) instanceof Room.Enough) {
      budgets.take(digest, needed);
    }
  }

  void take(Digest digest, long bytes) {
    free -= bytes;
    budgets.take(digest, bytes);
  }
}
