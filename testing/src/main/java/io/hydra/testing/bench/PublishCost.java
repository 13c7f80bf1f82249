package io.hydra.testing.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/**
 * What a publish costs the manager, all that follows of it included: windows with publishes and
 * windows without take turns, and the difference of their processor time is told by publish. Each
 * is as long as the manager's full sweep takes to come round.
 */
record PublishCost(ProcessUse manager, Publish publish) {
  static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int ROUNDS = 3;
  private static final Duration PAUSE = Duration.ofMillis(25);

  /** Nodes fetch and report for so long after the last publish of a window. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  /** One publish; gives how long it took until all were told, in milliseconds. */
  interface Publish {
    double run() throws InterruptedException;
  }

  /**
   * @param processorMillis a publish
   */
  record Found(double processorMillis, Series times) {}

  Found measure() throws IOException, InterruptedException {
    var times = new ArrayList<Double>();
    double idle = 0;
    double busy = 0;
    for (int i = 0; i < ROUNDS; i++) {
      idle += spent(() -> Thread.sleep(WINDOW));
      busy +=
          spent(
              () -> {
                long end = System.nanoTime() + WINDOW.minus(SETTLE).toNanos();
                while (System.nanoTime() < end) {
                  times.add(publish.run());
                  Thread.sleep(PAUSE);
                }
                Thread.sleep(SETTLE);
              });
    }
    return new Found(byPublish(busy, idle, times.size()), new Series(times));
  }

  /**
   * @param busy processor time of the windows with publishes, in milliseconds a second
   * @param idle of those without
   */
  static double byPublish(double busy, double idle, int publishes) {
    return (busy - idle) * WINDOW.toSeconds() / publishes;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** Processor time in milliseconds a second. */
  private double spent(Work work) throws IOException, InterruptedException {
    var before = manager.processorTime();
    long began = System.nanoTime();
    work.run();
    return manager.processorTime().minus(before).toMillis() * 1e9 / (System.nanoTime() - began);
  }
}
