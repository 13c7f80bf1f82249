package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.verify.ChecksumProof;
import io.hydra.docto.verify.Crc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The sum of each piece of a file, taken while the whole of it was proven: so that of a piece that
 * is read again it can be told whether these are the bytes that were proven.
 */
final class ProvenPieces {
  static final int PIECE_BYTES = 256 * 1024;

  private final int[] sums;

  private ProvenPieces(int[] sums) {
    this.sums = sums;
  }

  /** Reads a file to its end; empty where it is not what was committed. */
  static Optional<ProvenPieces> of(FileChannel in, CommittedFile file) throws IOException {
    long size = file.size();
    if (in.size() != size) {
      return Optional.empty();
    }
    var sums = new int[Math.toIntExact(Math.ceilDiv(size, PIECE_BYTES))];
    var proof = new ChecksumProof(file.checksum());
    var buffer = ByteBuffer.allocate(PIECE_BYTES);
    for (int piece = 0; piece < sums.length; piece++) {
      fill(in, buffer, piece, size);
      sums[piece] = sum(buffer);
      proof.update(buffer);
    }
    return proof.holds() ? Optional.of(new ProvenPieces(sums)) : Optional.empty();
  }

  int count() {
    return sums.length;
  }

  boolean isProven(int piece, ByteBuffer bytes) {
    return sum(bytes) == sums[piece];
  }

  /** Reads one piece of a file of that many bytes. */
  static ByteBuffer fill(FileChannel in, ByteBuffer buffer, int piece, long size)
      throws IOException {
    long at = (long) piece * PIECE_BYTES;
    buffer.clear().limit((int) Math.min(PIECE_BYTES, size - at));
    while (buffer.hasRemaining()) {
      if (in.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("a file became shorter while it was read");
      }
    }
    return buffer.rewind();
  }

  private static int sum(ByteBuffer bytes) {
    var sum = Crc.CRC32C.begin();
    sum.update(bytes.duplicate());
    return (int) sum.getValue();
  }
}
