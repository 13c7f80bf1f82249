package io.hydra.docto.s3;

import io.hydra.docto.http.Response;
import io.hydra.docto.source.Source;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Exactly so many bytes of an answer, whether it said so before or not. */
final class OwnBody implements Source.Body {
  private final Response response;
  private long left;

  OwnBody(Response response, long length) {
    this.response = response;
    this.left = length;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = response.read(into);
    if (read < 0) {
      throw new EOFException("the answer ended %d bytes early".formatted(left));
    }
    if (read > left) {
      throw tooLong();
    }
    left -= read;
    if (left == 0 && response.length().isEmpty() && response.read(ByteBuffer.allocate(1)) >= 0) {
      throw tooLong();
    }
    return read;
  }

  @Override
  public boolean countsInPart() {
    return response.length().isPresent();
  }

  @Override
  public void close() {
    response.close();
  }

  private static IOException tooLong() {
    return new IOException("the answer is longer than the range that was asked for");
  }
}
