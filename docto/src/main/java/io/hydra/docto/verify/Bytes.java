package io.hydra.docto.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Reads a range of a file for several sums at once. */
final class Bytes {
  private static final int BUFFER_BYTES = 256 * 1024;

  private Bytes() {}

  /** What lies beyond the end of the file is left out. */
  static void of(FileChannel in, long from, long length, List<? extends Hasher> hashers)
      throws IOException {
    var buffer = new byte[Math.clamp(length, 1, BUFFER_BYTES)];
    for (long at = 0; at < length; ) {
      int most = (int) Math.min(buffer.length, length - at);
      int read = in.read(ByteBuffer.wrap(buffer, 0, most), from + at);
      if (read < 0) {
        return;
      }
      for (var hasher : hashers) {
        hasher.update(buffer, 0, read);
      }
      at += read;
    }
  }
}
