package io.hydra.manager.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Everything is planned again now and then, so that whatever an event has missed is found: a part
 * of it each second, since a publish waits for the plans in hand.
 */
final class Sweep {
  /** How long it takes to come round. */
  static final Duration ROUND = Duration.ofSeconds(10);

  private static final int PARTS = 10;

  /** When each part is due next. */
  private final Instant[] due = new Instant[PARTS];

  Sweep() {
    Arrays.fill(due, Instant.MIN);
  }

  /** The part that something belongs to, as its hash code says. */
  static int part(Object member) {
    int hash = member.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), PARTS);
  }

  /** From now on every part is due. */
  void begin(Instant now) {
    Arrays.fill(due, now);
  }

  /** The parts whose turn it is; that of those that were due together comes spread over a round. */
  Set<Integer> due(Instant now) {
    var parts = new HashSet<Integer>();
    for (int part = 0; part < PARTS; part++) {
      if (!now.isBefore(due[part])) {
        parts.add(part);
      }
    }
    parts.forEach(part -> due[part] = next(part, parts.size(), now));
    return parts;
  }

  private static Instant next(int part, int together, Instant now) {
    return together == 1
        ? now.plus(ROUND)
        : now.plus(ROUND.dividedBy(PARTS).multipliedBy(part + 1L));
  }
}
