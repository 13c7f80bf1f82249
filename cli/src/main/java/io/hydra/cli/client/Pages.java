package io.hydra.cli.client;

import io.hydra.wire.Page;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/** Reads long lists to their end. */
public final class Pages {
  /** Asked for at once. */
  public static final int SIZE = 100;

  private Pages() {}

  /**
   * All pages as one.
   *
   * @param page the page that begins at a cursor
   */
  public static <T> Page<T> all(Function<Optional<String>, Page<T>> page) {
    var items = new ArrayList<T>();
    Optional<String> cursor = Optional.empty();
    do {
      var next = page.apply(cursor);
      items.addAll(next.items());
      // A server that repeats its cursor would keep us here for ever.
      cursor = next.next().equals(cursor) ? Optional.empty() : next.next();
    } while (cursor.isPresent());
    return new Page<>(items, Optional.empty());
  }
}
