package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Makes a damaged copy in RAM whole without taking it away: where its bytes are not those of the
 * disk copy, they are written over. Who has mapped a file sees the right bytes from then on; a byte
 * that was right stays so all the time, and no file becomes shorter.
 *
 * @param copy in RAM
 * @param disk proven, file by file, before anything is taken from it
 */
record RamMending(ContentDirectory copy, ContentDirectory disk) {
  private static final int BUFFER_BYTES = 256 * 1024;

  Mended mend(CommittedContent content) throws IOException {
    for (var file : content.files()) {
      if (RamRoot.firstWrong(copy, List.of(file)).isPresent()) {
        var onDisk = RamRoot.firstWrong(disk, List.of(file));
        if (onDisk.isPresent()) {
          return new Mended.DamagedOnDisk(onDisk.get());
        }
        var still = rewritten(file);
        if (still.isPresent()) {
          return new Mended.Hopeless(still.get());
        }
      }
    }
    return new Mended.Whole();
  }

  /** What is wrong with the file thereafter. */
  private Optional<String> rewritten(CommittedFile file) throws IOException {
    try (var from = disk.openForRead(file.path());
        var to = inCopy(() -> copy.openToMend(file.path()))) {
      overwrite(from, to, file.size());
    } catch (CopyFailure broken) {
      return Optional.of("file '%s' %s".formatted(file.path(), broken.getMessage()));
    } finally {
      var path = copy.resolve(file.path());
      if (Trees.exists(path)) {
        Files.setPosixFilePermissions(path, Trees.SEALED_FILE);
      }
    }
    return RamRoot.firstWrong(copy, List.of(file));
  }

  /** Memory that gives or takes no bytes: trying again does not help. */
  static final class CopyFailure extends IOException {
    private static final long serialVersionUID = 1;

    private CopyFailure(String reason, IOException cause) {
      super(reason, cause);
    }
  }

  @FunctionalInterface
  private interface InCopy<T> {
    T run() throws IOException;
  }

  private static <T> T inCopy(InCopy<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException failure) {
      throw new CopyFailure(MediumErrors.reason(failure).orElseThrow(() -> failure), failure);
    }
  }

  static void overwrite(FileChannel from, FileChannel to, long size) throws IOException {
    var right = ByteBuffer.allocate(BUFFER_BYTES);
    var found = ByteBuffer.allocate(BUFFER_BYTES);
    for (long at = 0; at < size; at += right.limit()) {
      fill(from, right.clear().limit((int) Math.min(BUFFER_BYTES, size - at)), at);
      long origin = at;
      inCopy(() -> fill(to, found.clear().limit(right.limit()), origin));
      int wrong = right.mismatch(found);
      if (wrong >= 0) {
        // Right bytes behind it are written over by themselves, which no reader can tell.
        inCopy(() -> write(to, right.position(wrong), origin));
      }
    }
  }

  private static ByteBuffer write(FileChannel to, ByteBuffer bytes, long origin)
      throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes, origin + bytes.position());
    }
    return bytes;
  }

  private static ByteBuffer fill(FileChannel from, ByteBuffer buffer, long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (from.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("a file became shorter while it was read");
      }
    }
    return buffer.rewind();
  }
}
