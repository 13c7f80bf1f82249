package io.hydra.docto.fetch;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.fetch.PartDownload.Patience;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.Source;
import io.hydra.error.HydraException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Fetches what is missing of a staged content, several parts at once, and proves it. */
@Singleton
public final class Fetcher {
  private static final int MOST_PARALLEL = 256;

  private final int parallel;
  private final Patience patience;
  private final int retryBudget;
  private final Bandwidth bandwidth;
  private final PartSlots slots;
  private final PartBuffers buffers = new PartBuffers();

  /** One fetch of a dataset. */
  private record Work(
      StagedContent staged, Source source, FetchListener listener, RetryBudget budget, Lane lane) {}

  public Fetcher(FetchConfig config) {
    int most = Math.clamp(config.parallelMax(), 1, MOST_PARALLEL);
    this.parallel = Math.clamp(config.parallel(), 1, most);
    this.patience =
        new Patience(
            Math.max(1, config.attempts()),
            new Backoff(config.backoffFirst(), config.backoffMax()));
    this.retryBudget = config.retryBudget();
    this.bandwidth = new Bandwidth(config);
    this.slots = new PartSlots(new PartsLimit.Range(parallel, most), System::nanoTime);
  }

  /**
   * Returns when every part is in its file and in the journal.
   *
   * @param urgency smaller is more urgent; it is asked again and again
   */
  public void fetch(
      StagedContent staged, Source source, FetchListener listener, IntSupplier urgency)
      throws IOException, FetchException, InterruptedException {
    var lane = new Lane(slots.share(urgency), bandwidth.forDataset());
    var work = new Work(staged, source, listener, new RetryBudget(retryBudget), lane);
    buffers.begin();
    try {
      Crew.workOff(staged.missing(), slots.most(), lane.slot(), part -> fetchPart(work, part));
    } finally {
      buffers.end();
    }
  }

  /**
   * Proves every file. What is wrong is forgotten in the journal, all of it before this throws.
   *
   * @throws HydraException {@code VERIFICATION_FAILED} naming one of the wrong files
   */
  public List<CommittedFile> prove(StagedContent staged)
      throws IOException, FetchException, InterruptedException {
    var proven = new AtomicReferenceArray<CommittedFile>(staged.manifest().files().size());
    Map<Integer, HydraException> wrong = new ConcurrentHashMap<>();
    Crew.workOff(
        IntStream.range(0, proven.length()).iterator(),
        parallel,
        index -> {
          try {
            proven.set(index, staged.prove(index));
          } catch (HydraException failed) {
            wrong.put(index, failed);
          }
        });
    if (!wrong.isEmpty()) {
      throw new TreeMap<>(wrong).firstEntry().getValue();
    }
    return IntStream.range(0, proven.length()).mapToObj(proven::get).toList();
  }

  /** Parts in flight, of all datasets together. */
  public int partsInFlight() {
    return slots.inFlight();
  }

  /** How many parts may be in flight at present. */
  public int partsLimit() {
    return slots.limit();
  }

  /** Parts that wait for bandwidth at present. */
  public int waitingForBandwidth() {
    return bandwidth.waiting();
  }

  /** How long parts have waited for bandwidth since the start, added up. */
  public Duration waitedForBandwidth() {
    return bandwidth.waited();
  }

  private void fetchPart(Work work, Part part)
      throws IOException, FetchException, InterruptedException {
    var staged = work.staged();
    var file = staged.manifest().files().get(part.file());
    try (var to = staged.openForWrite(part)) {
      var download =
          new PartDownload(work.source(), file, part, work.listener(), buffers, work.lane());
      staged.received(part, download.into(to, patience, work.budget()));
    }
  }
}
