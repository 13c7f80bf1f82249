package io.hydra.docto.reconcile;

import io.hydra.docto.operate.Operation;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import java.util.List;
import java.util.Map;

/**
 * What to do next.
 *
 * @param operations to be begun now, in this order
 * @param shortages contents that wait for space, and why
 */
record Plan(List<Operation> operations, Map<Digest, Fault> shortages) {
  Plan {
    operations = List.copyOf(operations);
    shortages = Map.copyOf(shortages);
  }
}
