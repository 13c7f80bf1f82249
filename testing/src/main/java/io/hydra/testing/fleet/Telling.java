package io.hydra.testing.fleet;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Who has been told of one release's content, and when the last of them was. */
public final class Telling {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Set<Role> doctos = new HashSet<>();
  private final Set<Role> appMans = new HashSet<>();
  private long lastDocto;
  private long lastAppMan;

  /** Whether it was news to the agent. */
  synchronized boolean told(Role role, long now) {
    boolean isDocto = role instanceof DoctoRole;
    boolean isNew = (isDocto ? doctos : appMans).add(role);
    if (isNew && isDocto) {
      lastDocto = now;
    }
    if (isNew && !isDocto) {
      lastAppMan = now;
    }
    notifyAll();
    return isNew;
  }

  /**
   * Waits until so many Doctos have been told.
   *
   * @return when the last of them was, as {@link System#nanoTime}
   * @throws IllegalStateException when they are not told in time
   */
  public synchronized long doctos(int count, Duration patience) throws InterruptedException {
    await("nodes", doctos, count, patience);
    return lastDocto;
  }

  /** As {@link #doctos}, of instances that were granted the release. */
  public synchronized long appMans(int count, Duration patience) throws InterruptedException {
    await("instances", appMans, count, patience);
    return lastAppMan;
  }

  private void await(String what, Set<Role> told, int count, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (told.size() < count) {
      long left = (end - System.nanoTime()) / NANOS_PER_MILLI;
      if (left <= 0) {
        throw new IllegalStateException(
            "%d of %d %s were told within %d s"
                .formatted(told.size(), count, what, patience.toSeconds()));
      }
      wait(left);
    }
  }
}
