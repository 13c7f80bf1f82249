package io.hydra.docto.operate;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.desired.Manifests;
import io.hydra.docto.desired.Urgencies;
import io.hydra.docto.fetch.FetchListener;
import io.hydra.docto.fetch.Fetcher;
import io.hydra.docto.fetch.Sources;
import io.hydra.docto.fetch.StagingArea;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.place.NotDurable;
import io.hydra.docto.place.StoreCheck;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.verify.FileVerifier;
import io.hydra.docto.verify.Verdict;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.wire.DesiredDataset;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** What is done with copies on disk. */
@Singleton
final class DiskSteps {
  private static final Logger LOG = Logger.getLogger(DiskSteps.class);

  private final Inventory inventory;
  private final Manifests manifests;
  private final Sources sources;
  private final Fetcher fetcher;
  private final StagingArea staging;
  private final ContentStore store;
  private final NodeSpace space;
  private final FetchListener meter;
  private final Urgencies urgencies;

  DiskSteps(
      Inventory inventory,
      Manifests manifests,
      Sources sources,
      Fetcher fetcher,
      StagingArea staging,
      ContentStore store,
      NodeSpace space,
      FetchListener meter,
      Urgencies urgencies) {
    this.inventory = inventory;
    this.manifests = manifests;
    this.sources = sources;
    this.fetcher = fetcher;
    this.staging = staging;
    this.store = store;
    this.space = space;
    this.meter = meter;
    this.urgencies = urgencies;
  }

  @FunctionalInterface
  private interface Afterwards {
    void run() throws IOException;
  }

  Step fetch(DesiredDataset dataset) {
    return new Step(
        content -> content.withDisk(new DiskCopy.Fetching(stagedBytes(content), dataset.bytes())),
        () -> marked(fetchAndCommit(dataset)),
        content -> content.withDisk(inStaging(dataset.digest())));
  }

  Step check(Digest digest) {
    return new Step(
        content -> content.withDisk(new DiskCopy.Checking()),
        () -> {
          var found = checked(digest);
          return content -> content.withDisk(found);
        },
        content -> content.withDisk(new DiskCopy.Uncertain()));
  }

  Step evict(Digest digest) {
    return removal(
        digest,
        () -> {
          manifests.forget(digest);
          inventory.change(digest, Content::forgettingDamage);
          LOG.infof("digest=%s state=evicted", digest.brief());
        });
  }

  /** As {@link #evict}, but what is needed to fetch it again without the manager is kept. */
  Step withdraw(Digest digest) {
    return removal(
        digest, () -> LOG.warnf("digest=%s state=withdrawn it is damaged", digest.brief()));
  }

  private Step removal(Digest digest, Afterwards afterwards) {
    var before = inventory.get(digest).disk();
    return new Step(
        content -> content.withDisk(new DiskCopy.Evicting()),
        () -> {
          store.evict(digest);
          staging.remove(digest);
          afterwards.run();
          return content -> content.withDisk(new DiskCopy.Absent());
        },
        content ->
            content.withDisk(store.holds(digest) ? stillThere(before) : new DiskCopy.Absent()));
  }

  /** It may be whole, or not any more. What was damaged still is, and is not read once more. */
  private static DiskCopy stillThere(DiskCopy before) {
    return before instanceof DiskCopy.Damaged ? before : new DiskCopy.Uncertain();
  }

  Step dropStaging(Digest digest) {
    return new Step(
        content -> content.withDisk(new DiskCopy.Evicting()),
        () -> {
          staging.remove(digest);
          manifests.forget(digest);
          inventory.change(digest, Content::forgettingDamage);
          return content -> content.withDisk(new DiskCopy.Absent());
        },
        content -> content.withDisk(inStaging(digest)));
  }

  private CommittedContent fetchAndCommit(DesiredDataset dataset)
      throws IOException, FetchException, InterruptedException {
    var digest = dataset.digest();
    var manifest = agreeing(manifests.get(digest), dataset);
    var source = sources.of(dataset.source());
    LOG.infof("digest=%s state=fetching bytes=%d", digest.brief(), dataset.bytes());
    CommittedContent committed;
    try (var staged = staging.open(digest, manifest)) {
      inventory.change(
          digest, c -> c.withDisk(new DiskCopy.Fetching(staged.bytes(), dataset.bytes())));
      fetcher.fetch(staged, source, listener(digest), () -> urgencies.of(dataset));
      inventory.change(digest, c -> c.withDisk(new DiskCopy.Verifying(dataset.bytes())));
      var files = fetcher.prove(staged);
      // All that was kept for them is taken, and they are about to be counted elsewhere.
      staging.rest(digest);
      committed = store.commit(digest, staged.path(), files, staged.durability());
    } catch (NotDurable lost) {
      staging.remove(digest);
      throw lost;
    } finally {
      staging.rest(digest);
    }
    staging.remove(digest);
    LOG.infof("digest=%s state=committed bytes=%d", digest.brief(), committed.bytes());
    return committed;
  }

  /** Space was found for what the order says, so the manifest must not say more. */
  private static Manifest agreeing(Manifest manifest, DesiredDataset dataset) {
    if (manifest.bytes() != dataset.bytes()) {
      throw new HydraException(
          ErrorCode.VERIFICATION_FAILED,
          "the order says %d bytes, the manifest %d".formatted(dataset.bytes(), manifest.bytes()));
    }
    return manifest;
  }

  private DiskCopy checked(Digest digest) throws IOException {
    return switch (store.check(digest)) {
      case StoreCheck.Sound(CommittedContent content) -> {
        var damaged = stillDamaged(content);
        if (damaged.isEmpty()) {
          staging.remove(digest);
        }
        yield damaged
            .<DiskCopy>map(DiskCopy.Damaged::new)
            .orElseGet(() -> new DiskCopy.Ready(content));
      }
      case StoreCheck.Damaged(String reason) -> {
        LOG.errorf("digest=%s code=VERIFICATION_FAILED %s", digest.brief(), reason);
        yield new DiskCopy.Damaged(reason);
      }
      case StoreCheck.Unmarked _ -> provenByBytes(digest);
    };
  }

  /** What was found damaged, but not yet removed, is judged by its bytes. */
  private Optional<String> stillDamaged(CommittedContent content) throws IOException {
    return inventory.get(content.digest()).damage().onDisk().isEmpty()
        ? Optional.empty()
        : store.firstWrong(content);
  }

  /** The agent ended between rename and marker, or the marker is lost. */
  private DiskCopy provenByBytes(Digest digest) throws IOException {
    Manifest manifest;
    try {
      manifest = manifests.get(digest);
    } catch (HydraException e) {
      if (e.code() == ErrorCode.UNKNOWN_MANIFEST) {
        return new DiskCopy.Damaged("nobody knows what belongs there");
      }
      throw e;
    }
    var directory = store.directory(digest);
    var structure = store.difference(digest, manifest);
    if (structure.isPresent()) {
      return new DiskCopy.Damaged(structure.get());
    }
    var proven = new ArrayList<CommittedFile>();
    for (var file : manifest.files()) {
      try (var in = directory.openForRead(file.path())) {
        switch (FileVerifier.verify(in, file)) {
          case Verdict.Proven(Checksum checksum) ->
              proven.add(new CommittedFile(file.path(), file.size(), checksum));
          case Verdict.WrongContent(String detail) -> {
            return new DiskCopy.Damaged(detail);
          }
          case Verdict.DamagedParts _ -> {
            return new DiskCopy.Damaged("file '%s' is damaged".formatted(file.path()));
          }
        }
      }
    }
    long unstated = manifest.files().stream().filter(file -> file.checksums().isEmpty()).count();
    if (unstated > 0) {
      LOG.warnf(
          "digest=%s its marker is lost, and its source states no checksum of %d files: only their"
              + " length could be checked",
          digest.brief(), unstated);
    }
    var content = store.mark(digest, proven);
    staging.remove(digest);
    return new DiskCopy.Ready(content);
  }

  private FetchListener listener(Digest digest) {
    return new FetchListener() {
      @Override
      public void received(long bytes) {
        // First, so that what the inventory no longer expects to be written is counted as written.
        space.writtenToDisk(digest, bytes);
        inventory.change(digest, content -> content.received(bytes));
        meter.received(bytes);
      }

      @Override
      public void retried(FetchException.Cause cause) {
        meter.retried(cause);
      }
    };
  }

  private DiskCopy inStaging(Digest digest) {
    if (store.holds(digest)) {
      return new DiskCopy.Uncertain();
    }
    if (!staging.holds(digest)) {
      return new DiskCopy.Absent();
    }
    try {
      return staging.staged(digest);
    } catch (IOException unreadable) {
      return new DiskCopy.Staged(0, 0);
    }
  }

  private static long stagedBytes(Content content) {
    return content.disk() instanceof DiskCopy.Staged(long bytes, long _) ? bytes : 0;
  }

  private static UnaryOperator<Content> marked(CommittedContent committed) {
    return content -> content.withDisk(new DiskCopy.Ready(committed));
  }
}
