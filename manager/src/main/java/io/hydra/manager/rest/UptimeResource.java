package io.hydra.manager.rest;

import io.hydra.api.UptimeApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.uptime.UptimeView;
import io.hydra.wire.UptimeForecast;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.time.Duration;
import java.util.Optional;

@RunOnVirtualThread
class UptimeResource implements UptimeApi {
  private static final int MOST_DAYS = 366;

  private final UptimeView view;

  UptimeResource(UptimeView view) {
    this.view = view;
  }

  @Override
  public UptimeForecast forecast(Optional<String> namespace, Optional<String> now, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw new HydraException(ErrorCode.INVALID_REQUEST, "days must be 1 to " + MOST_DAYS);
    }
    return view.forecast(
        namespace, now.map(text -> Times.instant("now", text)), Duration.ofDays(days));
  }
}
