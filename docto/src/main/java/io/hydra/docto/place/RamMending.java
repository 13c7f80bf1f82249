package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a damaged copy in RAM whole without taking it away: where its bytes are not those of the
 * disk copy, they are written over. Who has mapped a file sees the right bytes from then on; a byte
 * that was right stays so all the time, and no file becomes shorter.
 *
 * @param copy in RAM
 * @param disk proven, file by file, before anything is taken from it; of a disk that fails, what is
 *     read then may be something else, so each piece that is taken is held against what was proven
 */
record RamMending(ContentDirectory copy, ContentDirectory disk) {
  Mended mend(CommittedContent content) throws IOException {
    for (var file : content.files()) {
      if (RamRoot.firstWrong(copy, List.of(file)).isPresent()) {
        var mended = mend(file);
        if (!(mended instanceof Mended.Whole)) {
          return mended;
        }
      }
    }
    return new Mended.Whole();
  }

  private Mended mend(CommittedFile file) throws IOException {
    try (var from = disk.openForRead(file.path())) {
      var proven = ProvenPieces.of(from, file);
      if (proven.isEmpty()) {
        return new Mended.DamagedOnDisk(wrong(file, "is not what was committed"));
      }
      if (!rewritten(from, proven.get(), file)) {
        return new Mended.DamagedOnDisk(wrong(file, "is not read the same each time"));
      }
    } catch (CopyFailure broken) {
      return new Mended.Hopeless(wrong(file, broken.reason));
    } catch (IOException unreadable) {
      var reason = MediumErrors.reason(unreadable).orElseThrow(() -> unreadable);
      return new Mended.DamagedOnDisk(wrong(file, reason));
    }
    return RamRoot.firstWrong(copy, List.of(file))
        .<Mended>map(Mended.Hopeless::new)
        .orElseGet(Mended.Whole::new);
  }

  private static String wrong(CommittedFile file, String what) {
    return "file '%s' %s".formatted(file.path(), what);
  }

  private boolean rewritten(FileChannel from, ProvenPieces proven, CommittedFile file)
      throws IOException {
    try (var to = inCopy(() -> copy.openToMend(file.path()))) {
      return overwrite(from, to, proven, file.size());
    } finally {
      seal(copy.resolve(file.path()));
    }
  }

  private static void seal(Path file) throws IOException {
    if (Trees.exists(file)) {
      Files.setPosixFilePermissions(file, Trees.SEALED_FILE);
    }
  }

  /** Memory that gives or takes no bytes: trying again does not help. */
  static final class CopyFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final String reason;

    private CopyFailure(String reason, IOException cause) {
      super(reason, cause);
      this.reason = reason;
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

  /**
   * Stops where the disk gives other bytes than were proven: a right byte must not be written over
   * by a wrong one.
   */
  static boolean overwrite(FileChannel from, FileChannel to, ProvenPieces proven, long size)
      throws IOException {
    var right = ByteBuffer.allocate(ProvenPieces.PIECE_BYTES);
    var found = ByteBuffer.allocate(ProvenPieces.PIECE_BYTES);
    for (int i = 0; i < proven.count(); i++) {
      int piece = i;
      ProvenPieces.fill(from, right, piece, size);
      inCopy(() -> ProvenPieces.fill(to, found, piece, size));
      int wrong = right.mismatch(found);
      if (wrong >= 0) {
        if (!proven.isProven(piece, right)) {
          return false;
        }
        // Right bytes behind it are written over by themselves, which no reader can tell.
        long origin = (long) piece * ProvenPieces.PIECE_BYTES;
        inCopy(() -> write(to, right.position(wrong), origin));
      }
    }
    return true;
  }

  private static ByteBuffer write(FileChannel to, ByteBuffer bytes, long origin)
      throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes, origin + bytes.position());
    }
    return bytes;
  }
}
