package io.hydra.manager.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Everything is planned again now and then, so that whatever an event has missed is found: some
 * parts of it at each look, since a publish waits for the plans in hand. A round takes ten seconds,
 * and longer where there is much, up to a minute.
 */
final class Sweep {
  static final int PARTS = 60;

  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(10);
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

  /** Of channels and nodes; the plans of so many take some hundredths of a second. */
  private static final int MEMBERS_A_SECOND = 200;

  private boolean begins = true;
  private int next;

  /** Until then, all parts that were due have been given. */
  private Instant given = Instant.MIN;

  /** The part that something belongs to, as its hash code says. */
  static int part(Object member) {
    int hash = member.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), PARTS);
  }

  /** How long it takes to come round so many. */
  static Duration round(int members) {
    var round = Duration.ofSeconds(members / MEMBERS_A_SECOND);
    if (round.compareTo(SHORTEST_ROUND) < 0) {
      return SHORTEST_ROUND;
    }
    return round.compareTo(LONGEST_ROUND) > 0 ? LONGEST_ROUND : round;
  }

  /** At the next look every part is due. */
  void begin() {
    begins = true;
  }

  /** The parts whose turn has come since the last look. */
  Set<Integer> due(Instant now, int members) {
    var each = round(members).dividedBy(PARTS);
    long turns = begins ? PARTS : Duration.between(given, now).dividedBy(each);
    if (turns >= PARTS || turns < 0) {
      // At the start, after a pause, or with a clock that was set.
      begins = false;
      given = now;
      turns = PARTS;
    } else {
      given = given.plus(each.multipliedBy(turns));
    }
    var parts = new HashSet<Integer>();
    for (; turns > 0; turns--) {
      parts.add(next);
      next = (next + 1) % PARTS;
    }
    return parts;
  }
}
