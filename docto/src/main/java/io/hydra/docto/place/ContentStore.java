package io.hydra.docto.place;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The store on disk: one read-only directory a content, visible only when complete. A marker beside
 * it ({@code state/committed/DIGEST.json}) remembers what was committed.
 */
@Singleton
public final class ContentStore {
  private final NodeLayout layout;
  private final ObjectReader markerReader;
  private final ObjectWriter markerWriter;
  private final Trash trash;

  public ContentStore(NodeLayout layout, ObjectMapper json) {
    this.layout = layout;
    this.markerReader = json.readerFor(CommittedContent.class);
    this.markerWriter = json.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.trash = new Trash(layout.staging());
  }

  /** Makes the directories and removes what an earlier run had begun to remove. */
  public void open() throws IOException {
    for (var directory : List.of(layout.store(), layout.staging(), layout.live(), markers())) {
      Files.createDirectories(directory);
    }
    trash.empty();
    for (var marker : Trees.children(markers())) {
      var digest = DigestNames.ofFile(marker);
      if (digest.isPresent() && !Trees.exists(layout.store(digest.get()))) {
        Files.delete(marker);
      }
    }
  }

  /** Contents that have a directory in the store. */
  public List<Digest> found() throws IOException {
    return Directories.digestsIn(layout.store());
  }

  public boolean holds(Digest digest) {
    return Trees.exists(layout.store(digest));
  }

  /** The first name, kind or size that is not as the manifest says. */
  public Optional<String> difference(Digest digest, Manifest manifest) throws IOException {
    return Structure.difference(
        layout.store(digest),
        manifest.files().stream()
            .collect(Collectors.toMap(ManifestFile::path, ManifestFile::size)));
  }

  /** The first name, kind or size that is not what was committed. */
  public Optional<String> structure(CommittedContent content) throws IOException {
    return Structure.difference(layout.store(content.digest()), content);
  }

  /** The first file whose bytes are not what was committed, or cannot be read. */
  public Optional<String> firstWrong(CommittedContent content) throws IOException {
    return RamRoot.firstWrong(directory(content.digest()), content.files());
  }

  public ContentDirectory directory(Digest digest) {
    return new ContentDirectory(layout.store(digest));
  }

  /**
   * Makes proven files visible: read-only, durable, rename, fsync of the store, marker.
   *
   * @param proven a directory that holds these files and nothing else, on the store's file system
   * @param durability of what was written there
   * @throws NotDurable if the files may not be on the disk
   * @throws IOException also if one of them is not there, or has another length
   */
  public CommittedContent commit(
      Digest digest, Path proven, List<CommittedFile> files, Durability durability)
      throws IOException {
    var target = layout.store(digest);
    durability.of(Sealing.of(proven, files));
    Files.move(proven, target, StandardCopyOption.ATOMIC_MOVE);
    Files.setPosixFilePermissions(target, Trees.SEALED_DIRECTORY);
    DurableFiles.syncDirectory(layout.store());
    return mark(digest, files);
  }

  /** Writes the marker of a content that lies in the store and was proven. */
  public CommittedContent mark(Digest digest, List<CommittedFile> files) throws IOException {
    var content = CommittedContent.of(digest, files);
    DurableFiles.replace(marker(digest), out -> markerWriter.writeValue(out, content));
    return content;
  }

  public StoreCheck check(Digest digest) throws IOException {
    var marked = readMarker(digest);
    if (marked.isEmpty()) {
      return new StoreCheck.Unmarked();
    }
    return structure(marked.get())
        .<StoreCheck>map(StoreCheck.Damaged::new)
        .orElseGet(() -> new StoreCheck.Sound(marked.get()));
  }

  /** Takes a content out of sight at once, then removes it. */
  public void evict(Digest digest) throws IOException {
    trash.discard(layout.store(digest));
    DurableFiles.syncDirectory(layout.store());
    Files.deleteIfExists(marker(digest));
  }

  private Optional<CommittedContent> readMarker(Digest digest) throws IOException {
    // A torn marker proves nothing; the content is proven by its bytes instead.
    Optional<CommittedContent> marked = JsonFiles.read(marker(digest), markerReader);
    return marked.filter(content -> content.digest().equals(digest));
  }

  private Path markers() {
    return layout.state().resolve("committed");
  }

  private Path marker(Digest digest) {
    return markers().resolve(digest.hex() + ".json");
  }
}
