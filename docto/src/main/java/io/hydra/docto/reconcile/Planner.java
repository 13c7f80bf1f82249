package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Content;
import io.hydra.docto.retention.Retention;
import io.hydra.model.Digest;
import io.hydra.wire.NodeDesired;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Compares what is desired with what is. Pure: the same facts give the same plan. */
final class Planner {
  private final Limits limits;

  Planner(Limits limits) {
    this.limits = limits;
  }

  /**
   * Before any order was ever taken up: nothing is fetched or removed, what was found is checked.
   */
  Plan planWithoutOrder(Map<Digest, Content> actual, Space space, Instant now) {
    var nothing = new NodeDesired(0, false, List.of(), List.of(), List.of());
    return plan(nothing, actual, space, now);
  }

  /**
   * Removal comes first, since it makes room; then checks, since what is there need not be fetched;
   * then what is damaged in RAM; then fetches by priority, for which less urgent ones make way;
   * then copies to RAM.
   */
  Plan plan(NodeDesired desired, Map<Digest, Content> actual, Space space, Instant now) {
    var draft = new PlanDraft(desired, actual, Retention.of(desired), space, limits, now);
    actual.values().stream().sorted(Comparator.comparing(Content::digest)).forEach(draft::remove);
    draft.check();
    draft.mend();
    draft.fetch();
    draft.place();
    return draft.finish();
  }
}
