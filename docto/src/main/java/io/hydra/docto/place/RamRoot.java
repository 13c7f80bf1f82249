package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.place.ContentDirectory.Once;
import io.hydra.docto.verify.FileVerifier;
import io.hydra.model.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The RAM root: copies of what lies in the store, visible only when complete and proven by the
 * checksum of each file that the commit to the store recorded.
 */
public record RamRoot(Path root) {
  private static final String STAGING = ".staging-";
  private static final long STEP_BYTES = 8L << 20;

  /** Removes what an earlier run had begun. */
  public void open() throws IOException {
    Files.createDirectories(root);
    new Trash(root).empty();
    for (var entry : Trees.children(root)) {
      if (String.valueOf(entry.getFileName()).startsWith(STAGING)) {
        Trees.remove(entry);
      }
    }
  }

  public boolean holds(Digest digest) {
    return Trees.exists(root.resolve(digest.hex()));
  }

  /** Contents that have a directory here. */
  public List<Digest> found() throws IOException {
    return Directories.digestsIn(root);
  }

  /**
   * Copies, proves the copy and makes it visible.
   *
   * @param copied told of bytes as they are copied
   * @return the first file whose copy is not what was committed; nothing became visible then
   */
  public Optional<String> place(
      ContentDirectory from, CommittedContent content, LongConsumer copied) throws IOException {
    var staging = root.resolve(STAGING + content.digest().hex());
    Trees.remove(staging);
    Files.createDirectory(staging);
    try {
      var wrong = fill(new ContentDirectory(staging), from, content, copied);
      if (wrong.isEmpty()) {
        // What is in memory is not made durable: it is proven again by all its bytes after a
        // restart.
        Trees.seal(Trees.entries(staging));
        Files.setPosixFilePermissions(staging, Trees.SEALED_DIRECTORY);
        Files.move(staging, root.resolve(content.digest().hex()), StandardCopyOption.ATOMIC_MOVE);
      }
      return wrong;
    } finally {
      Trees.remove(staging);
    }
  }

  /** Why a copy is not what was committed, judged by all its bytes; empty when it is. */
  public Optional<String> difference(CommittedContent content) throws IOException {
    var structure = structure(content);
    return structure.isPresent()
        ? structure
        : firstWrong(directory(content.digest()), content.files());
  }

  /** The first name, kind or size in a copy that is not what was committed. */
  public Optional<String> structure(CommittedContent content) throws IOException {
    return Structure.difference(root.resolve(content.digest().hex()), content);
  }

  public ContentDirectory directory(Digest digest) {
    return new ContentDirectory(root.resolve(digest.hex()));
  }

  /** The first of the files whose bytes are not what was committed, or cannot be read. */
  public static Optional<String> firstWrong(ContentDirectory in, List<CommittedFile> files)
      throws IOException {
    for (var file : files) {
      try (var bytes = in.openForRead(file.path())) {
        if (bytes.size() != file.size() || !FileVerifier.has(bytes, file.checksum())) {
          return Optional.of("file '%s' is not what was committed".formatted(file.path()));
        }
      } catch (IOException unreadable) {
        var reason = MediumErrors.reason(unreadable).orElseThrow(() -> unreadable);
        return Optional.of("file '%s' %s".formatted(file.path(), reason));
      }
    }
    return Optional.empty();
  }

  /** Writes over what is damaged in a visible copy, from what lies in the store. */
  public Mended mend(ContentDirectory from, CommittedContent content) throws IOException {
    var structure = structure(content);
    return structure.isPresent()
        ? new Mended.Hopeless(structure.get())
        : new RamMending(directory(content.digest()), from).mend(content);
  }

  /** Takes a copy out of sight at once, then removes it. */
  public void evict(Digest digest) throws IOException {
    new Trash(root).discard(root.resolve(digest.hex()));
  }

  private static Optional<String> fill(
      ContentDirectory to, ContentDirectory from, CommittedContent content, LongConsumer copied)
      throws IOException {
    for (var file : content.files()) {
      try (var in = from.openForRead(file.path());
          var out = to.openForWrite(file.path(), Once.YES)) {
        copy(in, out, file.size(), copied);
      }
      // The copy is read back, so that what is proven is what will be served.
      var wrong = firstWrong(to, List.of(file));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static void copy(FileChannel in, FileChannel out, long size, LongConsumer copied)
      throws IOException {
    for (long at = 0; at < size; ) {
      long step = in.transferTo(at, Math.min(STEP_BYTES, size - at), out);
      if (step <= 0) {
        return;
      }
      at += step;
      copied.accept(step);
    }
  }
}
