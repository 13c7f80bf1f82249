package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes only while this manager leads: each commit is one transaction with the check that it still
 * does. Thus a transaction may hold one operation less.
 */
public final class FencedStore implements ChannelStore {
  private final ChannelStore store;
  private final Fence fence;

  public FencedStore(ChannelStore store, Fence fence) {
    this.store = store;
    this.fence = fence;
  }

  @Override
  public Optional<Entry> get(String key) {
    return store.get(key);
  }

  @Override
  public Map<String, Entry> get(Collection<String> keys) {
    return store.get(keys);
  }

  @Override
  public List<Entry> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public List<String> keys(String prefix) {
    return store.keys(prefix);
  }

  @Override
  public Outcome commit(List<Operation> operations) {
    return fence
        .check()
        .map(check -> commit(check, operations))
        .orElseGet(() -> store.commit(operations));
  }

  /** The check stands first, so that it is the one that is named where others fail too. */
  private Outcome commit(Operation.Check check, List<Operation> operations) {
    var fenced = new ArrayList<Operation>();
    fenced.add(check);
    fenced.addAll(operations);
    var outcome = store.commit(fenced);
    if (outcome.equals(new Outcome.Conflict(check.key()))) {
      fence.broken(check);
      throw new HydraException(
          ErrorCode.UNAVAILABLE, "another manager leads now; nothing was changed");
    }
    return outcome;
  }

  @Override
  public Watch watch(String prefix, Consumer<Set<String>> listener) {
    return store.watch(prefix, listener);
  }

  @Override
  public void catchUp() {
    store.catchUp();
  }

  @Override
  public void onRestored(Runnable listener) {
    store.onRestored(listener);
  }

  @Override
  public ChannelStore within(Duration limit) {
    return new FencedStore(store.within(limit), fence);
  }

  @Override
  public boolean isConnected() {
    return store.isConnected();
  }

  @Override
  public void close() {
    store.close();
  }
}
