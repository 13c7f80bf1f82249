package io.hydra.testing.bench;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.testing.fleet.Fleet;
import io.hydra.testing.fleet.Landscape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** The channels and agents that there are, which become more. */
final class Population {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final int CLIENTS = 8;

  private final FleetManager manager;
  private final Fleet fleet;
  private final FleetPublisher publisher;
  private final Progress progress;
  private int channels;

  Population(FleetManager manager, Fleet fleet, FleetPublisher publisher, Progress progress) {
    this.manager = manager;
    this.fleet = fleet;
    this.publisher = publisher;
    this.progress = progress;
  }

  /** How many channels there are, without the one of every node. */
  int channels() {
    return channels;
  }

  /** Makes channels, each with a release, until there are so many. */
  void create(int total) throws InterruptedException, ExecutionException {
    progress.say("making channels: %,d".formatted(total));
    var work = new ArrayList<Callable<Void>>();
    for (int i = channels; i < total; i++) {
      int index = i;
      work.add(
          () -> {
            create(Landscape.channel(index), Landscape.settings(index));
            return null;
          });
    }
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (var done : clients.invokeAll(work)) {
        done.get();
      }
    }
    channels = total;
    settle();
  }

  void create(ChannelId channel, ChannelSettings settings) {
    var unused = manager.client().putChannel(channel, settings);
    publisher.publish(channel);
  }

  /**
   * Registers agents until there are so many.
   *
   * @param agents a multiple of {@link Landscape#GROUP}
   */
  void grow(int agents) throws InterruptedException {
    progress.say("registering agents: %,d".formatted(agents));
    fleet.grow(agents, PATIENCE);
    settle();
    tellFailures();
  }

  /** Waits until agents have nothing to do any more. */
  void settle() {
    settle(QUIET);
  }

  /**
   * @param quiet for how long no order has come
   */
  void settle(Duration quiet) {
    fleet.awaitQuiet(quiet, PATIENCE);
  }

  /** What agents met with, which is none of the numbers. */
  void tellFailures() {
    var failures = fleet.takeFailures();
    if (!failures.isEmpty()) {
      progress.say("agents met: %s".formatted(failures));
    }
  }
}
