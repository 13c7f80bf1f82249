package io.hydra.manager.intern;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps one object of equal ones, as long as somebody uses it. */
public final class Interner<T> {
  private final Map<Entry<T>, Entry<T>> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<T> unused = new ReferenceQueue<>();

  /** Equals another of an equal object; once the object is gone, itself only. */
  private static final class Entry<T> extends WeakReference<T> {
    private final int hash;

    Entry(T value, ReferenceQueue<T> queue) {
      super(value, queue);
      this.hash = value.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      var mine = get();
      return mine != null && other instanceof Entry<?> entry && mine.equals(entry.get());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** The object that was first given here of all that equal this one. */
  public T one(T value) {
    forgetUnused();
    var entry = new Entry<>(value, unused);
    while (true) {
      var known = entries.putIfAbsent(entry, entry);
      if (known == null) {
        return value;
      }
      var kept = known.get();
      if (kept != null) {
        return kept;
      }
    }
  }

  int size() {
    forgetUnused();
    return entries.size();
  }

  private void forgetUnused() {
    for (Reference<? extends T> gone = unused.poll(); gone != null; gone = unused.poll()) {
      entries.remove(gone);
    }
  }
}
