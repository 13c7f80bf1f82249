package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from the other side. Closing it, from any thread, ends calls that are blocked. */
interface Transport extends AutoCloseable {
  /** Reads what there is, at least one byte; -1 at the end. */
  int read(ByteBuffer into) throws IOException;

  /** Writes all of it. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Whether nothing has come that nobody reads, as far as can be seen without waiting. What comes
   * between two answers would be taken for the next one.
   */
  boolean isQuiet();

  /** At once; what was not sent is not waited for. */
  @Override
  void close();
}
