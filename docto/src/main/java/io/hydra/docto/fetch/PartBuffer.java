package io.hydra.docto.fetch;

import java.nio.ByteBuffer;

/**
 * Where the bytes of a part are between the network and the disk. Bodies come in pieces of any
 * size, over TLS of at most 16 KiB, and are gathered to writes that a disk likes; written to the
 * page cache as they come, they would have the kernel clear the rest of each large folio first.
 */
final class PartBuffer {
  /** Of the gathered bytes in memory, for writes past the page cache. */
  static final int ALIGNMENT = 64 * 1024;

  private static final int GATHERED_BYTES = 512 * 1024;

  private final ByteBuffer gathered =
      ByteBuffer.allocateDirect(GATHERED_BYTES + ALIGNMENT - 1)
          .alignedSlice(ALIGNMENT)
          .slice(0, GATHERED_BYTES);

  /** Outside the heap, aligned. */
  ByteBuffer gathered() {
    return gathered;
  }
}
