package io.hydra.testing.bench;

import io.hydra.testing.fleet.Landscape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** How long it takes until all whom a publish concerns know of it, in milliseconds. */
final class PublishTimes {
  private static final Duration BETWEEN_PUBLISHES = Duration.ofMillis(100);

  /** All nodes have fetched and reported when no order came for so long. */
  private static final Duration QUIET_EVERYWHERE = Duration.ofSeconds(2);

  private static final int EVERYWHERE_SHARE = 10;
  private static final int GRANTS_SHARE = 10;

  private final FleetPublisher publisher;
  private final Landscape landscape;
  private final Population population;
  private final int publishes;
  private final Progress progress;
  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20260101);

  /**
   * @param publishes how many to pools; of the others there are fewer
   */
  PublishTimes(
      FleetPublisher publisher,
      Landscape landscape,
      Population population,
      int publishes,
      Progress progress) {
    this.publisher = publisher;
    this.landscape = landscape;
    this.population = population;
    this.publishes = publishes;
    this.progress = progress;
  }

  /** The same with a peer, in turns with us. */
  interface Peer {
    void publish() throws IOException, InterruptedException;
  }

  /** One publish in the pools whose nodes hold the same at each step. */
  double toConstantPool() throws InterruptedException {
    int channel = random.nextInt(landscape.constantChannels());
    return publisher.untilTold(Landscape.channel(channel), Landscape.DOCTOS);
  }

  /** To the nodes of a pool. */
  Series toPools(int agents, Peer peer) throws IOException, InterruptedException {
    progress.say("publishing to the nodes of a pool: %d times".formatted(publishes));
    var times = new ArrayList<Double>();
    while (times.size() < publishes) {
      int channel = random.nextInt(population.channels());
      int nodes = landscape.doctosOf(channel, agents);
      if (nodes == 0) {
        continue;
      }
      times.add(publisher.untilTold(Landscape.channel(channel), nodes));
      Thread.sleep(BETWEEN_PUBLISHES);
      peer.publish();
    }
    return new Series(times);
  }

  /** To every node; the next one when all have what the one before brought. */
  Series everywhere(int agents, Peer peer) throws IOException, InterruptedException {
    int count = Math.max(publishes / EVERYWHERE_SHARE, 1);
    progress.say("publishing to every node: %d times".formatted(count));
    var times = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      times.add(publisher.untilTold(Landscape.EVERYWHERE, Landscape.doctos(agents)));
      population.settle(QUIET_EVERYWHERE);
      peer.publish();
    }
    return new Series(times);
  }

  /** Until the one instance of a channel is granted the release. */
  Series granted(int agents) throws InterruptedException {
    int count = Math.max(publishes / GRANTS_SHARE, 1);
    progress.say("publishing to channels with an instance: %d times".formatted(count));
    int pools = landscape.channels() / Landscape.CHANNELS_OF_A_POOL;
    var times = new ArrayList<Double>();
    while (times.size() < count) {
      int channel = random.nextInt(pools) * Landscape.CHANNELS_OF_A_POOL;
      // Of several instances one moves at a time, so that the last one's time is another thing.
      if (landscape.appMansOf(channel, agents) == 1) {
        times.add(publisher.untilGranted(Landscape.channel(channel), 1));
      }
    }
    return new Series(times);
  }
}
