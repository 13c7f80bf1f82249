package io.hydra.docto.s3;

import io.hydra.docto.source.Source;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of an answer that the SDK read the head of. */
final class SdkBody implements Source.Body {
  private static final int PIECE_BYTES = 64 * 1024;

  private final ResponseInputStream<GetObjectResponse> stream;
  private final byte[] piece;
  private final boolean isLengthKnown;
  private long left;

  /**
   * @param isLengthKnown whether the answer told it
   */
  SdkBody(ResponseInputStream<GetObjectResponse> stream, long length, boolean isLengthKnown) {
    this.stream = stream;
    this.isLengthKnown = isLengthKnown;
    this.left = length;
    this.piece = new byte[Math.clamp(length, 1, PIECE_BYTES)];
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (left == 0) {
      return -1;
    }
    int most = (int) Math.min(left, Math.min(piece.length, into.remaining()));
    int read = Interruptibly.call(() -> stream.read(piece, 0, most));
    if (read < 0) {
      throw new EOFException("the answer ended %d bytes early".formatted(left));
    }
    into.put(piece, 0, read);
    left -= read;
    // Framing that the SDK does not understand is taken for content, and is longer.
    if (left == 0 && !isLengthKnown && Interruptibly.call(stream::read) >= 0) {
      throw new IOException("the answer is longer than the range that was asked for");
    }
    return read;
  }

  @Override
  public boolean countsInPart() {
    return isLengthKnown;
  }

  @Override
  public void close() {
    if (left > 0) {
      stream.abort();
      return;
    }
    try {
      // Read to its end, the connection can be used again.
      stream.close();
    } catch (IOException alreadyBroken) {
      stream.abort();
    }
  }
}
