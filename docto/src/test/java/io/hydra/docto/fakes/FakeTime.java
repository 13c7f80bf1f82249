package io.hydra.docto.fakes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes only when somebody waits, and a clock that may be wrong. */
public final class FakeTime extends Clock {
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private Duration ahead = Duration.ZERO;

  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  /** As whoever sets a clock does; no time passes by it. */
  public void setBack(Duration duration) {
    ahead = ahead.minus(duration);
  }

  public long nanoTime() {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public Instant instant() {
    return now.plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
