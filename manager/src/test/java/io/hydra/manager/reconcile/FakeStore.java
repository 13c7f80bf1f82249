package io.hydra.manager.reconcile;

import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.Limits;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store that survives a restart of everything but the test. */
public final class FakeStore implements ChannelStore {
  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private long revision;
  private int commits;

  public int commits() {
    return commits;
  }

  @Override
  public Optional<Entry> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public List<Entry> list(String prefix) {
    return entries.values().stream().filter(e -> e.key().startsWith(prefix)).toList();
  }

  @Override
  public List<String> keys(String prefix) {
    return list(prefix).stream().map(Entry::key).toList();
  }

  @Override
  public Outcome commit(List<Operation> operations) {
    Limits.check(operations);
    for (var operation : operations) {
      var found = get(operation.key()).map(Entry::revision).orElse(0L);
      boolean expected =
          switch (operation) {
            case Operation.Put _ -> true;
            case Operation.PutIf put -> put.expected() == found;
            case Operation.DeleteIf delete -> delete.expected() == found;
            case Operation.Check check -> check.expected() == found;
          };
      if (!expected) {
        return new Outcome.Conflict(operation.key());
      }
    }
    revision++;
    commits++;
    operations.forEach(this::apply);
    return new Outcome.Committed(revision);
  }

  @Override
  public Watch watch(String prefix, Consumer<Set<String>> listener) {
    return () -> {};
  }

  @Override
  public void catchUp() {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public void close() {}

  private void apply(Operation operation) {
    switch (operation) {
      case Operation.Put(var key, var value) -> entries.put(key, new Entry(key, value, revision));
      case Operation.PutIf(var key, var value, var _) ->
          entries.put(key, new Entry(key, value, revision));
      case Operation.DeleteIf(var key, var _) -> entries.remove(key);
      case Operation.Check _ -> {}
    }
  }
}
