package io.hydra.manager.reconcile;

import io.hydra.manager.store.ChannelStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Another store, for a test to stand between that one and whoever asks it. */
public class RelayingStore implements ChannelStore {
  private ChannelStore target = new FakeStore();

  protected final void relayTo(ChannelStore next) {
    target = next;
  }

  @Override
  public Optional<Entry> get(String key) {
    return target.get(key);
  }

  @Override
  public List<Entry> list(String prefix) {
    return target.list(prefix);
  }

  @Override
  public List<String> keys(String prefix) {
    return target.keys(prefix);
  }

  @Override
  public Outcome commit(List<Operation> operations) {
    return target.commit(operations);
  }

  @Override
  public Watch watch(String prefix, Consumer<Set<String>> listener) {
    return target.watch(prefix, listener);
  }

  @Override
  public void catchUp() {
    target.catchUp();
  }

  @Override
  public boolean isConnected() {
    return target.isConnected();
  }

  @Override
  public void close() {
    target.close();
  }
}
