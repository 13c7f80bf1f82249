package io.hydra.docto.fetch;

import java.nio.ByteBuffer;

/**
 * Where the bytes of a part are between the network and the disk. Bodies come in pieces of any
 * size, over TLS of some 32 KiB, and are gathered to writes that a disk likes; written to the page
 * cache as they come, they would have the kernel clear the rest of each large folio first.
 */
final class PartBuffer {
  /** Of the gathered bytes in memory, for writes past the page cache. */
  static final int ALIGNMENT = 64 * 1024;

  /** Of a long part; what is gathered more at once makes neither disk nor checksum faster. */
  static final int MOST_BYTES = 512 * 1024;

  private static final int LEAST_BYTES = 16 * 1024;

  private final ByteBuffer gathered;

  /**
   * @param gathered as long as {@link #bytesFor} says; that of a long part is aligned
   */
  PartBuffer(ByteBuffer gathered) {
    this.gathered = gathered;
  }

  /**
   * How large a buffer is to be: a power of two, so that buffers of one size fill a larger one.
   *
   * @param length of the part, in bytes
   */
  static int bytesFor(long length) {
    int least = Math.clamp(length, LEAST_BYTES, MOST_BYTES);
    return Integer.highestOneBit(2 * least - 1);
  }

  /** Outside the heap. */
  ByteBuffer gathered() {
    return gathered;
  }
}
