package io.hydra.testing.bench;

import io.hydra.testing.process.Peer;
import io.hydra.testing.stage.StageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** All who take part fetch each work in turns, so that a busy moment of the machine hits all. */
final class FetchRun implements AutoCloseable {
  static final String NOT_BUILT = "it is not built; see make native, make build";

  private final FetchOptions options;
  private final FetchResults results;
  private final Progress progress;
  private final Path directory;
  private final FetchStage stage;
  private final Thread atExit = new Thread(this::endPrograms, "end-programs");

  /**
   * @param directory for all that is written and is gone afterwards
   */
  FetchRun(FetchOptions options, FetchResults results, Progress progress, Path directory) {
    this.options = options;
    this.results = results;
    this.progress = progress;
    this.directory = directory;
    stage = new FetchStage(options, directory.resolve("stage"), progress);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  void measure() throws InterruptedException {
    try {
      requireSpace();
      var ready = stage.start();
      var fetchings = fetchings(ready);
      for (var work : options.works()) {
        measure(work, fetchings);
      }
      if (options.scenes()) {
        new FetchScenes(options, results, progress, ready, directory).measure();
      }
    } catch (IOException | ExecutionException | RuntimeException failed) {
      progress.say("failed: " + failed);
      var why = reason(failed);
      options.sides().forEach(side -> results.missing(FetchResults.agent(side), why));
      options.tools().forEach(tool -> results.missing(tool.title(), why));
    }
  }

  /** What is kept to the end is there once for each who fetches and each run. */
  private void requireSpace() throws IOException {
    long needed = options.works().stream().mapToLong(FetchWork::bytes).sum();
    int most = options.sides().size() + options.tools().size() + 1;
    for (var work : options.works()) {
      long kept = work.isKeptToTheEnd() ? (long) most * options.runs() : 1;
      needed = Math.max(needed, kept * work.bytes());
    }
    long free = Files.getFileStore(Files.createDirectories(directory)).getUsableSpace();
    if (free < needed) {
      throw new IOException(
          "needs %d MiB of disk, and %d are free".formatted(needed >> 20, free >> 20));
    }
  }

  private List<Fetching> fetchings(FetchStage.Ready ready) {
    var all = new ArrayList<Fetching>();
    for (var side : options.sides()) {
      if (side.isBuilt("docto")) {
        var first = ready.small().getFirst();
        all.add(new DoctoFetch(side, ready.access(), ready.works(), first, ready.server()));
      } else {
        results.missing(FetchResults.agent(side), NOT_BUILT);
      }
    }
    for (var tool : options.tools()) {
      var peer = Peer.find(tool.title());
      peer.program()
          .ifPresentOrElse(
              program ->
                  all.add(
                      new ToolFetch(
                          tool,
                          program,
                          ready.access(),
                          FetchData.BUCKET,
                          ready.server(),
                          directory.resolve(tool.title() + ".log"))),
              () -> results.missing(tool.title(), peer.told()));
    }
    ready
        .throttle()
        .ifPresent(by -> all.replaceAll(fetching -> new ThrottledFetch(fetching, by, progress)));
    all.add(new DiskAlone());
    return all;
  }

  private void measure(FetchWork work, List<Fetching> fetchings)
      throws IOException, InterruptedException {
    for (int run = 1; run <= options.runs(); run++) {
      for (var fetching : fetchings) {
        var into = directory.resolve("%s-%s-%d".formatted(work.name(), fetching.title(), run));
        measure(work, fetching, into);
      }
      // Nobody always comes behind the same other one.
      Collections.rotate(fetchings, 1);
    }
    discard(work);
  }

  private void measure(FetchWork work, Fetching fetching, Path into)
      throws IOException, InterruptedException {
    try {
      var sample = fetching.fetch(work, into);
      requireWhole(work, into);
      results.put(work, fetching.title(), sample);
      progress.say(
          "%s, %s: %.2f s"
              .formatted(work.title(), fetching.title(), sample.wall().toNanos() / 1e9));
    } catch (IOException | RuntimeException failed) {
      progress.say("%s, %s: failed: %s".formatted(work.title(), fetching.title(), failed));
      results.failed(work, fetching.title(), reason(failed));
    }
    if (!work.isKeptToTheEnd()) {
      new StageDirectory(into).discard();
    }
    // What one has left unwritten is not to be written while the next one is measured.
    settle();
  }

  private static void requireWhole(FetchWork work, Path into) throws IOException {
    try (var found =
        Files.find(
            into,
            Integer.MAX_VALUE,
            (file, it) -> it.isRegularFile() && it.size() == work.fileBytes())) {
      long files = found.count();
      if (files != work.files()) {
        throw new IOException("%d of %d files are there".formatted(files, work.files()));
      }
    }
  }

  private static void settle() throws IOException, InterruptedException {
    var sync = new ProcessBuilder("sync").start();
    if (sync.waitFor() != 0) {
      throw new IOException("sync failed with " + sync.exitValue());
    }
  }

  private void discard(FetchWork work) throws IOException, InterruptedException {
    if (!work.isKeptToTheEnd()) {
      return;
    }
    try (var made = Files.newDirectoryStream(directory, work.name() + "-*")) {
      for (var each : made) {
        new StageDirectory(each).discard();
      }
    }
    settle();
  }

  private static String reason(Exception failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
  }

  private void endPrograms() {
    progress.end();
    stage.close();
    // Whoever fetches just now would go on to write.
    ProcessHandle.current()
        .descendants()
        .forEach(
            left -> {
              left.destroyForcibly();
              left.onExit().join();
            });
    try {
      new StageDirectory(directory).discard();
    } catch (IOException e) {
      System.err.println("cannot remove " + directory + ": " + e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException endingAlready) {
      return;
    }
    endPrograms();
  }
}
