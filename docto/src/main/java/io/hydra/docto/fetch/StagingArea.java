package io.hydra.docto.fetch;

import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.FetchConfig.PageCache;
import io.hydra.docto.fetch.PartJournal.PartId;
import io.hydra.docto.place.Directories;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code staging/DIGEST/}: a journal, and {@code content/} with the files as they grow. */
@Singleton
public final class StagingArea {
  static final String JOURNAL = "journal";
  static final String CONTENT = "content";
  static final String PROBE = "direct-io";

  private final NodeLayout layout;
  private final long partSize;
  private final boolean pastPageCache;

  /** What this process received: it need not be read again, however often it is gone on with. */
  private final Map<Digest, Set<PartId>> certain = new ConcurrentHashMap<>();

  public StagingArea(NodeLayout layout, FetchConfig config) {
    this.layout = layout;
    this.partSize = Math.max(1, config.partSize().bytes());
    this.pastPageCache = config.pageCache() == PageCache.BYPASS;
  }

  /** Contents of which something lies here. */
  public List<Digest> found() throws IOException {
    return Directories.digestsIn(layout.staging());
  }

  /** What lies here of a content that nothing works on. */
  public DiskCopy.Staged staged(Digest digest) throws IOException {
    var remembered = PartJournal.read(journal(digest), digest);
    return new DiskCopy.Staged(
        remembered.map(PartJournal.Remembered::bytes).orElse(0L),
        Directories.bytes(layout.staging(digest)));
  }

  public boolean holds(Digest digest) {
    return Files.isDirectory(layout.staging(digest));
  }

  /** Goes on with what is there; creates every file, so that inodes are had before any byte. */
  public StagedContent open(Digest digest, Manifest manifest) throws IOException {
    var content = layout.staging(digest).resolve(CONTENT);
    if (!Files.isDirectory(content)) {
      // Without its files, a journal claims what is not there.
      Files.deleteIfExists(journal(digest));
      certain.remove(digest);
      Files.createDirectories(content);
    }
    var direct = direct(content, manifest);
    var received = certain.computeIfAbsent(digest, _ -> ConcurrentHashMap.newKeySet());
    return StagedContent.open(
        content, manifest, PartJournal.open(journal(digest), digest, partSize, received), direct);
  }

  public void remove(Digest digest) throws IOException {
    certain.remove(digest);
    Directories.remove(layout.staging(digest));
  }

  private Optional<DirectIo> direct(Path content, Manifest manifest) {
    return pastPageCache && manifest.files().stream().anyMatch(DirectIo::suits)
        ? DirectIo.probe(content.resolveSibling(PROBE))
        : Optional.empty();
  }

  private Path journal(Digest digest) {
    return layout.staging(digest).resolve(JOURNAL);
  }
}
