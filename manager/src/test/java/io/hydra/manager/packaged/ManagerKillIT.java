package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manager is killed (SIGKILL) while it publishes; after each restart every release that it has
 * acknowledged is there, with its manifest.
 */
class ManagerKillIT {
  private static final int KILLS = 10;
  private static final int PUBLISHERS = 3;
  private static final int MAX_PUBLISHES_BEFORE_THE_KILL = 12;
  private static final String CHANNEL = "/api/v1/channels/prod/search/searcher";

  private final ObjectMapper json = HydraJson.mapper();
  private final AtomicInteger number = new AtomicInteger();
  private final Path directory;
  private final Path sources;

  /** Version and digest of each release that was acknowledged, by sequence. */
  private final Map<Long, Acknowledged> acknowledged = new ConcurrentHashMap<>();

  private record Acknowledged(String version, String digest) {}

  ManagerKillIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.sources = Files.createDirectory(directory.resolve("sources"));
  }

  @Test
  void givenItIsKilledWhilePublishingThenEveryAcknowledgedReleaseIsThere() throws Exception {
    var random = new Random(11);
    for (int kill = 0; kill < KILLS; kill++) {
      try (var manager = start()) {
        assertAllThere(manager);
        publishUntilKilled(manager, 1 + random.nextInt(MAX_PUBLISHES_BEFORE_THE_KILL));
      }
    }
    try (var manager = start()) {
      assertAllThere(manager);
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
    }
  }

  private ManagerProcess start() {
    return ManagerProcess.start(directory, Map.of("hydra.sources.file-roots", sources.toString()));
  }

  private void publishUntilKilled(ManagerProcess manager, int publishes) throws Exception {
    manager.send("PUT", CHANNEL, "{\"retainReleases\": 1000}", Map.of());
    var before = new CountDownLatch(publishes);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < PUBLISHERS; i++) {
        running.add(threads.submit(() -> publishWhileItLives(manager, before)));
      }
      before.await();
      manager.kill();
      for (var one : running) {
        one.get();
      }
    }
  }

  private void publishWhileItLives(ManagerProcess manager, CountDownLatch published) {
    try {
      while (true) {
        publish(manager);
        published.countDown();
      }
    } catch (IOException killed) {
      // That publish may have happened or not; nobody was told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(ManagerProcess manager) throws IOException, InterruptedException {
    var file = Files.writeString(sources.resolve("f" + number.incrementAndGet()), "x" + number);
    var answer =
        manager.send(
            "POST",
            CHANNEL + "/releases",
            "{\"template\": {\"d\": {\"SourcePath\": \"file://%s\"}}}".formatted(file),
            Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var release = json.readTree(answer.body()).at("/release");
    acknowledged.put(
        release.at("/sequence").asLong(),
        new Acknowledged(
            release.at("/version").asText(), release.at("/datasets/0/digest").asText()));
  }

  private void assertAllThere(ManagerProcess manager) throws Exception {
    if (acknowledged.isEmpty()) {
      return;
    }
    var there = new ConcurrentHashMap<Long, Acknowledged>();
    for (var item :
        json.readTree(manager.get(CHANNEL + "/releases?limit=1000").body()).at("/items")) {
      there.put(
          item.at("/release/sequence").asLong(),
          new Acknowledged(
              item.at("/release/version").asText(),
              item.at("/release/datasets/0/digest").asText()));
    }
    assertThat(there).containsAllEntriesOf(acknowledged);
    for (var digest : List.copyOf(there.values()).stream().map(Acknowledged::digest).toList()) {
      assertThat(manager.get("/api/v1/manifests/" + digest).statusCode()).isEqualTo(200);
    }
  }
}
