package io.hydra.testing.bench;

import io.hydra.model.ChannelId;
import io.hydra.model.DataTemplate;
import io.hydra.model.TemplateDataset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** What keeps each program busy. */
record Loads(Installation installation) {
  private static final int CLIENTS = 4;
  private static final int READS_PER_PUBLISH = 20;
  private static final Duration CLIENTS_FOR = Duration.ofSeconds(20);
  private static final int BIG_FILES = 4;
  private static final long BIG_FILE_BYTES = 64L << 20;
  private static final int SMALL_FILES = 3000;
  private static final long SMALL_FILE_BYTES = 2048;
  private static final int ROLLS = 5;
  private static final int UPLOADS_AT_ONCE = 8;

  /**
   * @param module whose program gets the load
   * @return how many calls it answered; for Docto, how many files were fetched
   */
  long run(String module) throws InterruptedException, ExecutionException {
    return switch (module) {
      case "manager" -> publishesAndReads();
      case "docto" -> fetches();
      case "appman" -> rollsAndProbes();
      default -> throw new IllegalArgumentException(module);
    };
  }

  /** What {@link #run} counts. */
  static Measure work(String module) {
    return switch (module) {
      case "manager" ->
          Measure.of(
              "manager: load, answered in %d s (%d clients)"
                  .formatted(CLIENTS_FOR.toSeconds(), CLIENTS),
              "calls");
      case "docto" ->
          Measure.of(
              "docto: load, fetched (%d MiB and %d small files)"
                  .formatted((BIG_FILES * BIG_FILE_BYTES) >> 20, SMALL_FILES),
              "files");
      case "appman" ->
          Measure.of(
              "appman: load, probes answered during %d roll-overs".formatted(ROLLS), "calls");
      default -> throw new IllegalArgumentException(module);
    };
  }

  private long publishesAndReads() throws InterruptedException, ExecutionException {
    var end = Instant.now().plus(CLIENTS_FOR);
    var calls = new AtomicLong();
    var clients = new ArrayList<Callable<Void>>();
    for (int i = 0; i < CLIENTS; i++) {
      var channel = new ChannelId("prod", "bench", "load-" + i);
      clients.add(
          () -> {
            while (Instant.now().isBefore(end)) {
              publishAndRead(channel);
              calls.addAndGet(1 + READS_PER_PUBLISH);
            }
            return null;
          });
    }
    together(clients, CLIENTS);
    return calls.get();
  }

  private void publishAndRead(ChannelId channel) {
    var version = installation.nextVersion();
    var bucket = installation.stage().s3().bucket();
    bucket.put(channel.name() + "/" + version + "/file", version.value());
    var template = new LinkedHashMap<String, TemplateDataset>();
    template.put("data", installation.disk(channel.name() + "/" + DataTemplate.PLACEHOLDER + "/"));
    installation.publish(channel, template, version);
    for (int i = 0; i < READS_PER_PUBLISH; i++) {
      var unused = installation.client().status(channel);
    }
  }

  private long fetches() {
    installation.roll(Map.of("big", installation.disk("big/"), "many", installation.disk("many/")));
    return BIG_FILES + SMALL_FILES;
  }

  /** Uploads what the load needs, so that it is not in what is measured. */
  void prepare(String module) throws InterruptedException, ExecutionException {
    if (!module.equals("docto")) {
      return;
    }
    var bucket = installation.stage().s3().bucket();
    var uploads = new ArrayList<Callable<Void>>();
    for (int i = 0; i < BIG_FILES + SMALL_FILES; i++) {
      int seed = i;
      boolean big = i < BIG_FILES;
      uploads.add(
          () -> {
            bucket.putGenerated(
                (big ? "big/part-" : "many/%d/part-".formatted(seed % 10)) + seed,
                big ? BIG_FILE_BYTES : SMALL_FILE_BYTES,
                seed);
            return null;
          });
    }
    together(uploads, UPLOADS_AT_ONCE);
  }

  private long rollsAndProbes() {
    var answered = new AtomicLong();
    try (ExecutorService prober = Executors.newVirtualThreadPerTaskExecutor()) {
      var probing =
          prober.submit(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  if (StartTime.status(installation.readiness("appman")).isPresent()) {
                    answered.incrementAndGet();
                  }
                  Thread.sleep(20);
                }
                return null;
              });
      try {
        for (int i = 0; i < ROLLS; i++) {
          installation.roll();
        }
      } finally {
        probing.cancel(true);
      }
    }
    return answered.get();
  }

  /** Runs all, so many at once; the first failure is thrown when all have ended. */
  private static void together(List<Callable<Void>> work, int atOnce)
      throws InterruptedException, ExecutionException {
    try (ExecutorService workers = Executors.newFixedThreadPool(atOnce)) {
      for (Future<Void> done : workers.invokeAll(work)) {
        done.get();
      }
    }
  }
}
