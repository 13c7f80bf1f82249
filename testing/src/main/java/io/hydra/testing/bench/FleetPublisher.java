package io.hydra.testing.bench;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.InlineFile;
import io.hydra.model.Manifest;
import io.hydra.model.Placement;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.fleet.Fleet;
import io.hydra.testing.fleet.Landscape;
import io.hydra.testing.fleet.Telling;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.wire.PublishRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes releases of a little inline data, each with content of its own. */
final class FleetPublisher {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FILE = "release.txt";
  private static final double NANOS_PER_MILLI = 1e6;

  private final ManagerClient manager;
  private final Fleet fleet;
  private final AtomicLong releases = new AtomicLong();

  FleetPublisher(ManagerClient manager, Fleet fleet) {
    this.manager = manager;
    this.fleet = fleet;
  }

  /** Without waiting for anybody to be told. */
  void publish(ChannelId channel) {
    publish(channel, content(channel));
  }

  /**
   * Publishes and waits until all nodes that are to hold the release know of it.
   *
   * @return from the sending of the publish until the last of them was told, in milliseconds
   */
  double untilTold(ChannelId channel, int nodes) throws InterruptedException {
    var content = content(channel);
    var digest = digest(content);
    var telling = fleet.await(digest);
    try {
      long began = System.nanoTime();
      publish(channel, content);
      return (telling.doctos(nodes, PATIENCE) - began) / NANOS_PER_MILLI;
    } finally {
      fleet.forget(digest);
    }
  }

  /** As {@link #untilTold}, until all instances of the channel are granted the release. */
  double untilGranted(ChannelId channel, int instances) throws InterruptedException {
    var content = content(channel);
    var digest = digest(content);
    Telling telling = fleet.await(digest);
    try {
      long began = System.nanoTime();
      publish(channel, content);
      return (telling.appMans(instances, PATIENCE) - began) / NANOS_PER_MILLI;
    } finally {
      fleet.forget(digest);
    }
  }

  private String content(ChannelId channel) {
    return "release %d of %s\n".formatted(releases.incrementAndGet(), channel);
  }

  private void publish(ChannelId channel, String content) {
    var dataset = TemplateDataset.inline(Map.of(FILE, content), Placement.DISK);
    var unused =
        manager.publish(
            channel,
            new PublishRequest(
                Map.of(Landscape.DATASET.value(), dataset), false, Optional.empty(), false));
  }

  /** As the manager will name it. */
  static Digest digest(String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var file = new InlineFile(FILE, Base64.getEncoder().encodeToString(bytes));
    return new Manifest(List.of(file.frozen())).digest();
  }
}
