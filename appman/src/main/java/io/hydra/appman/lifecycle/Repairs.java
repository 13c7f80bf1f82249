package io.hydra.appman.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * Limits how often an instance is taken out to repair what broke by itself: 1 s apart, doubled each
 * time up to 1 min, from the beginning again after 5 min without.
 */
public final class Repairs {
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

  private Instant last = Instant.EPOCH;
  private int inARow;

  public boolean isAllowed(Instant now) {
    return !now.isBefore(last.plusSeconds(Math.min(60, (1L << Math.min(inARow, 6)) / 2)));
  }

  public void made(Instant now) {
    inARow = now.isAfter(last.plus(FORGOTTEN_AFTER)) ? 1 : inARow + 1;
    last = now;
  }
}
