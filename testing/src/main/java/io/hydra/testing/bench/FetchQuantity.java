package io.hydra.testing.bench;

import java.time.Duration;
import java.util.List;

/** What is told of fetches. */
enum FetchQuantity {
  WALL("wall", "s"),
  PROCESSOR("processor time", "s"),
  SINCE_START("processor time with the agent's own start", "s"),
  PEAK("resident, peak", "MiB"),
  SERVER("processor time of the server", "s");

  private final String title;
  private final String unit;

  FetchQuantity(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** What stands for all runs: the median; of memory the most, as that is what must be there. */
  double figure(Series series) {
    return this == PEAK ? series.most() : series.median();
  }

  /**
   * @throws IllegalArgumentException without samples
   */
  Series of(List<FetchSample> samples) {
    return new Series(samples.stream().map(this::of).toList());
  }

  private double of(FetchSample sample) {
    return switch (this) {
      case WALL -> seconds(sample.wall());
      case PROCESSOR -> seconds(sample.processor());
      case SINCE_START -> seconds(sample.sinceStart());
      case PEAK -> sample.peakMib();
      case SERVER -> seconds(sample.server());
    };
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
