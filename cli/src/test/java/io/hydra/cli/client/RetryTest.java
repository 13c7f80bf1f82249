package io.hydra.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final Retry retry = new Retry(pauses::add, new Random(1));

  @Test
  void whatMayPassIsTriedFiveTimes() {
    assertThatThrownBy(() -> retry.run(() -> fail(ErrorCode.UNAVAILABLE), why -> {}))
        .isInstanceOf(HydraException.class);

    assertThat(pauses).hasSize(4);
  }

  @Test
  void whatWillNotPassIsTriedOnce() {
    assertThatThrownBy(() -> retry.run(() -> fail(ErrorCode.OLDER_THAN_HEAD), why -> {}))
        .isInstanceOf(HydraException.class);

    assertThat(pauses).isEmpty();
  }

  @Test
  void pausesDoubleAndVaryByHalf() {
    assertThatThrownBy(() -> retry.run(() -> fail(ErrorCode.UNAVAILABLE), why -> {}))
        .isInstanceOf(HydraException.class);

    for (int i = 0; i < pauses.size(); i++) {
      assertThat(pauses.get(i).toMillis()).isBetween(125L << i, 375L << i);
    }
  }

  private static String fail(ErrorCode code) {
    throw new HydraException(code, "no");
  }
}
