package io.hydra.manager.uptime;

import java.time.Duration;

/**
 * How long before a window data has to be fetched.
 *
 * @param shortest however little there is
 * @param longest however much there is
 * @param bytesPerSecond at which a node fetches
 */
record LeadTime(Duration shortest, Duration longest, double bytesPerSecond) {
  /** Nodes that fetch at the same time are slower than one that fetches alone. */
  private static final double MARGIN = 1.5;

  Duration of(long bytes) {
    double seconds = bytes * MARGIN / bytesPerSecond;
    if (seconds >= longest.toSeconds()) {
      return longest;
    }
    var lead = Duration.ofMillis(Math.round(seconds * 1000)).plus(shortest);
    return lead.compareTo(longest) > 0 ? longest : lead;
  }
}
