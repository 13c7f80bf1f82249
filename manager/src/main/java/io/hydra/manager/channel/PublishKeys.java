package io.hydra.manager.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest idempotency keys of a channel. Each change of the channel writes all of them anew, so
 * they are few.
 *
 * @param keys oldest first
 */
public record PublishKeys(List<PublishKey> keys) {
  static final PublishKeys NONE = new PublishKeys(List.of());

  private static final int MAX_KEYS = 64;

  public PublishKeys {
    keys = List.copyOf(keys);
  }

  public Optional<PublishKey> find(String key) {
    return keys.stream().filter(known -> known.key().equals(key)).findFirst();
  }

  /** With one more, in place of an older one of the same key. */
  PublishKeys with(PublishKey newest) {
    var all = new ArrayList<>(keys);
    all.removeIf(known -> known.key().equals(newest.key()));
    all.add(newest);
    return new PublishKeys(all.subList(Math.max(0, all.size() - MAX_KEYS), all.size()));
  }
}
