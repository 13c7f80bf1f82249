package io.hydra.manager.channel;

import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes that need not be one transaction, in as few as they fit: each costs a flush to the disk or
 * a round of Consul's servers. They become durable in the order in which they are added.
 */
final class Batch {
  /** Room for the leader's check, which each commit of a manager has. */
  private static final int RESERVE = 1;

  private static final int RESERVED_BYTES = 1024;

  private final ChannelStore store;
  private final List<Operation> operations = new ArrayList<>();
  private int bytes;

  Batch(ChannelStore store) {
    this.store = store;
  }

  void put(String key, byte[] value) {
    int more = key.getBytes(StandardCharsets.UTF_8).length + value.length;
    if (operations.size() == ChannelStore.MAX_OPERATIONS - RESERVE
        || bytes + more > ChannelStore.MAX_TRANSACTION_BYTES - RESERVED_BYTES) {
      commit();
    }
    operations.add(new Operation.Put(key, value));
    bytes += more;
  }

  /** All that was added is durable when it returns. */
  void commit() {
    if (!operations.isEmpty()) {
      store.commit(List.copyOf(operations));
    }
    operations.clear();
    bytes = 0;
  }
}
