package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of an answer behind its head. */
sealed interface Body permits Body.OfLength, Body.UntilClose, ChunkedBody {
  /**
   * Reads what there is, at least one byte; -1 at the body's end.
   *
   * @throws PrematureEnd where the connection ends before the body does
   */
  int read(ByteBuffer into) throws IOException;

  /** Whether its end was reached, so that another answer may follow. */
  boolean isComplete();

  static Body of(Framing framing, Inbound in) {
    return switch (framing) {
      case Framing.Length(long bytes) -> new OfLength(in, bytes);
      case Framing.Chunked _ -> new ChunkedBody(in);
      case Framing.UntilClose _ -> new UntilClose(in);
    };
  }

  /** Of a length that was told. */
  final class OfLength implements Body {
    private final Inbound in;
    private final long length;
    private long left;

    OfLength(Inbound in, long length) {
      this.in = in;
      this.length = length;
      this.left = length;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(into, left);
      if (read < 0) {
        throw new PrematureEnd(
            "the connection ended %d bytes before the end of a body of %d".formatted(left, length));
      }
      left -= read;
      return read;
    }

    @Override
    public boolean isComplete() {
      return left == 0;
    }
  }

  /** Until the connection ends: nobody can tell whether that was its end. */
  final class UntilClose implements Body {
    private final Inbound in;

    UntilClose(Inbound in) {
      this.in = in;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return in.read(into, into.remaining());
    }

    @Override
    public boolean isComplete() {
      return false;
    }
  }
}
