package io.hydra.wire;

import java.util.List;
import java.util.Optional;

/**
 * Part of a long list.
 *
 * @param items in the list's order
 * @param next cursor for the following page; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
