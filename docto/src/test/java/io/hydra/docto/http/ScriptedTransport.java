package io.hydra.docto.http;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/** Gives bytes in pieces, then the end. */
final class ScriptedTransport implements Transport {
  private final ByteBuffer bytes;
  private final IntSupplier pieces;

  /**
   * @param pieces length of the next piece, at least 1
   */
  ScriptedTransport(byte[] bytes, IntSupplier pieces) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.pieces = pieces;
  }

  @Override
  public int read(ByteBuffer into) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int given = Math.min(pieces.getAsInt(), Math.min(into.remaining(), bytes.remaining()));
    into.put(bytes.slice(bytes.position(), given));
    bytes.position(bytes.position() + given);
    return given;
  }

  @Override
  public void write(ByteBuffer sent) {
    sent.position(sent.limit());
  }

  @Override
  public boolean isQuiet() {
    return !bytes.hasRemaining();
  }

  @Override
  public void close() {}
}
