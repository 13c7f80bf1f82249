package io.hydra.docto.actual;

import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Everything the node has, in memory. All changes go through {@link #change}. */
@Singleton
public final class Inventory {
  /** Told of changes other than mere progress; called under no lock. */
  @FunctionalInterface
  public interface Listener {
    void changed(Content before, Content after);
  }

  private final TreeMap<Digest, Content> contents = new TreeMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  public synchronized Map<Digest, Content> snapshot() {
    return Map.copyOf(contents);
  }

  /** Whether an operation works on any content. */
  public synchronized boolean anyBusy() {
    return contents.values().stream().anyMatch(Content::busy);
  }

  public synchronized Content get(Digest digest) {
    return contents.getOrDefault(digest, Content.absent(digest));
  }

  /** Replaces what is known of a content. */
  public void change(Digest digest, UnaryOperator<Content> change) {
    Content before;
    Content after;
    synchronized (this) {
      before = contents.getOrDefault(digest, Content.absent(digest));
      after = change.apply(before);
      contents.put(digest, after);
    }
    if (differs(before, after)) {
      listeners.forEach(listener -> listener.changed(before, after));
    }
  }

  /** Tells which contents wait for space and why; all others do not. */
  public void shortages(Map<Digest, Fault> shortages) {
    snapshot().values().stream()
        .filter(content -> content.shortage().isPresent())
        .filter(content -> !shortages.containsKey(content.digest()))
        .forEach(content -> change(content.digest(), c -> c.withShortage(Optional.empty())));
    shortages.forEach((digest, fault) -> change(digest, c -> c.withShortage(Optional.of(fault))));
  }

  private static boolean differs(Content before, Content after) {
    return !before.disk().getClass().equals(after.disk().getClass())
        || !before.ram().getClass().equals(after.ram().getClass())
        || !before.fault().equals(after.fault())
        || !before.damage().equals(after.damage());
  }
}
