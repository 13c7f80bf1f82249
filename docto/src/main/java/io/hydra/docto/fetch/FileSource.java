package io.hydra.docto.fetch;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Files below an allowed directory of this node. Their ETag is their SHA-256, which is proven after
 * the fetch.
 *
 * @param base a file, or the directory that a prefix names
 * @param roots directories that may be read
 */
record FileSource(Path base, boolean prefix, List<Path> roots) implements Source {

  @Override
  public Body open(ManifestFile file, long from, long length) throws FetchException {
    var path = prefix ? base.resolve(file.path()) : base;
    // Before anything is looked at: an answer must not tell what exists elsewhere.
    if (roots.stream().noneMatch(root -> path.startsWith(root.toAbsolutePath().normalize()))) {
      throw outside(path);
    }
    try {
      var real = path.toRealPath();
      if (!allowed(real)) {
        throw outside(path);
      }
      if (Files.size(real) != file.size()) {
        throw new FetchException(
            Cause.CHANGED,
            "'%s' has %d bytes, %d were published".formatted(path, Files.size(real), file.size()));
      }
      var channel = FileChannel.open(real, StandardOpenOption.READ);
      channel.position(from);
      return new FileBody(channel);
    } catch (NoSuchFileException e) {
      throw new FetchException(Cause.MISSING, "'%s' does not exist".formatted(path), e);
    } catch (IOException e) {
      throw new FetchException(Cause.RESET, "'%s' cannot be read: %s".formatted(path, e), e);
    }
  }

  private static FetchException outside(Path path) {
    return new FetchException(
        Cause.DENIED, "'%s' lies outside hydra.sources.file-roots".formatted(path));
  }

  /** Links may lead anywhere, so it is the real paths that are compared. */
  private boolean allowed(Path real) throws IOException {
    for (var root : roots) {
      if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private record FileBody(FileChannel channel) implements Body {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public boolean countsInPart() {
      return true;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException alreadyGone) {
        // It was only read.
      }
    }
  }
}
