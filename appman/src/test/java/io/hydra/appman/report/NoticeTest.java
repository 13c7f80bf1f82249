package io.hydra.appman.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.support.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoticeTest {
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final MutableClock clock = new MutableClock();
  private final Notice notice = new Notice(SETTLE, clock);

  @Test
  void givenReadinessThatJustCameUp_thenItIsNotNoticedYet() {
    assertThat(notice.isTaken(true)).isFalse();
    assertThat(notice.remaining()).contains(SETTLE);
  }

  @Test
  void givenReadinessThatStaysUp_thenItIsNoticedAfterTheTime() {
    notice.isTaken(true);
    clock.advance(SETTLE);

    assertThat(notice.isTaken(true)).isTrue();
    assertThat(notice.remaining()).isEmpty();
  }

  @Test
  void givenReadinessThatWentDownBetween_thenTheTimeBeginsAnew() {
    notice.isTaken(true);
    clock.advance(SETTLE);
    notice.isTaken(false);

    assertThat(notice.isTaken(true)).isFalse();
  }

  @Test
  void givenReadinessThatIsDown_thenNothingIsWaitedFor() {
    notice.isTaken(false);

    assertThat(notice.remaining()).isEmpty();
  }
}
