package io.hydra.manager.serve;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is measured of connections. */
final class ConnectionMeters {
  private ConnectionMeters() {}

  /**
   * Not how long each has been open: that takes some 400 bytes a connection, and agents keep
   * theirs. How many there are is told by {@code http_server_active_connections}.
   */
  @Produces
  @Singleton
  static MeterFilter noTimerForEach() {
    return MeterFilter.deny(meter -> meter.getName().equals("http.server.connections"));
  }
}
