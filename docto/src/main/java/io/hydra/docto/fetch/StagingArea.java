package io.hydra.docto.fetch;

import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.FetchConfig.PageCache;
import io.hydra.docto.place.Directories;
import io.hydra.docto.place.Durability;
import io.hydra.docto.place.Inodes;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code staging/DIGEST/}: a journal, and {@code content/} with the files as they grow. */
@Singleton
public final class StagingArea {
  static final String JOURNAL = "journal";
  static final String CONTENT = "content";
  static final String PROBE = "direct-io";

  /** Staging's directories, journal and probe, the marker, the order and live files anew. */
  private static final int OWN_INODES = 10;

  private final NodeLayout layout;
  private final long partSize;
  private final boolean pastPageCache;
  private final Inodes inodes;

  /**
   * What this process does with a content, however often it goes on with it.
   *
   * @param certain numbers of parts that it received: they need not be read again
   */
  private record Session(BitSet certain, Durability durability) {}

  private final Map<Digest, Session> sessions = new ConcurrentHashMap<>();

  @Inject
  public StagingArea(NodeLayout layout, FetchConfig config) {
    this(layout, config, new Inodes(layout.staging()));
  }

  StagingArea(NodeLayout layout, FetchConfig config, Inodes inodes) {
    this.layout = layout;
    this.inodes = inodes;
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

  /**
   * Goes on with what is there. The inodes that it is still to take are kept from others until
   * {@link #rest} or {@link #remove}.
   */
  public StagedContent open(Digest digest, Manifest manifest) throws IOException {
    var content = layout.staging(digest).resolve(CONTENT);
    boolean begun = Files.isDirectory(content);
    if (!begun) {
      // Without its files, a journal claims what is not there.
      Files.deleteIfExists(journal(digest));
      end(digest);
    }
    inodes.reserve(layout.staging(digest), inodesOf(manifest));
    try {
      if (!begun) {
        Files.createDirectories(content);
        sessions.put(digest, session(Durability.from(content)));
      }
      var session = sessions.computeIfAbsent(digest, _ -> session(Durability.ofEach()));
      var journal = PartJournal.open(journal(digest), digest, partSize);
      return StagedContent.open(
          content,
          manifest,
          journal,
          session.certain(),
          direct(content, manifest),
          session.durability());
    } catch (IOException | RuntimeException failed) {
      rest(digest);
      throw failed;
    }
  }

  /** Nothing works on it until it is opened again: what it has not taken is anybody's. */
  public void rest(Digest digest) {
    inodes.release(layout.staging(digest));
  }

  public void remove(Digest digest) throws IOException {
    end(digest);
    Directories.remove(layout.staging(digest));
  }

  /**
   * Of files, directories, and what else a fetch and its commit make. One that got some of them
   * only would keep them from everybody else, and from our own notes.
   */
  private static int inodesOf(Manifest manifest) {
    var directories = new HashSet<String>();
    for (var file : manifest.files()) {
      var path = file.path();
      for (int end = path.lastIndexOf('/');
          end > 0 && directories.add(path.substring(0, end));
          end = path.lastIndexOf('/', end - 1)) {}
    }
    return manifest.files().size() + directories.size() + OWN_INODES;
  }

  private static Session session(Durability durability) {
    return new Session(new BitSet(), durability);
  }

  private void end(Digest digest) {
    rest(digest);
    var ended = sessions.remove(digest);
    if (ended != null) {
      ended.durability().close();
    }
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
