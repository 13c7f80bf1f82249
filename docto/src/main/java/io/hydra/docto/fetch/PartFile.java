package io.hydra.docto.fetch;

import io.hydra.docto.place.ContentDirectory;
import io.hydra.docto.place.ContentDirectory.Once;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** The file of a part while its bytes are written: past the page cache where that is possible. */
final class PartFile implements AutoCloseable {
  private final ContentDirectory directory;
  private final String path;
  private final Part part;
  private final Once once;
  private final Optional<DirectIo> direct;
  private Optional<FileChannel> past = Optional.empty();
  private Optional<FileChannel> through = Optional.empty();

  /**
   * @param path in the directory
   * @param part what is written of it
   * @param once whether the part is all of the file
   * @param direct if the part is to be written past the page cache: then each write but the part's
   *     last has to be of whole blocks, from the beginning of one
   */
  PartFile(
      ContentDirectory directory, String path, Part part, Once once, Optional<DirectIo> direct) {
    this.directory = directory;
    this.path = path;
    this.part = part;
    this.once = once;
    this.direct = direct;
  }

  /**
   * Writes all that is in the buffer.
   *
   * @param bytes at the beginning of a {@link PartBuffer}
   * @param at their position in the file
   */
  void write(ByteBuffer bytes, long at) throws IOException {
    int end = bytes.limit();
    int blocks = direct.map(io -> io.blocksOf(end, at)).orElse(0);
    if (blocks > 0) {
      writeAll(past(), bytes.limit(blocks), at);
    }
    if (blocks < end) {
      writeAll(through(), bytes.limit(end), at);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (past.isPresent()) {
        past.get().close();
      }
    } finally {
      if (through.isPresent()) {
        through.get().close();
      }
    }
  }

  private static void writeAll(FileChannel to, ByteBuffer bytes, long origin) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes, origin + bytes.position());
    }
  }

  private FileChannel past() throws IOException {
    if (past.isEmpty()) {
      past = Optional.of(directory.openForWrite(path, once, DirectIo.OPTION));
      if (once == Once.NO) {
        directory.preallocate(path, part.offset(), part.length());
      }
    }
    return past.get();
  }

  private FileChannel through() throws IOException {
    if (through.isEmpty()) {
      through = Optional.of(directory.openForWrite(path, once));
    }
    return through.get();
  }
}
