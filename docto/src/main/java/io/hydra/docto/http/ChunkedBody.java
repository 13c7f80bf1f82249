package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A body in chunks (RFC 9112, section 7.1). Extensions and trailers are read over. */
final class ChunkedBody implements Body {
  private static final int MOST_LINE_BYTES = 4 * 1024;

  /** Of hexadecimal: an exabyte. */
  private static final int MOST_DIGITS = 15;

  private final Inbound in;
  private boolean begun;
  private boolean complete;

  /** Of the chunk. */
  private long left;

  ChunkedBody(Inbound in) {
    this.in = in;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (left == 0 && !complete) {
      nextChunk();
    }
    if (complete) {
      return -1;
    }
    int read = in.read(into, left);
    if (read < 0) {
      throw ended();
    }
    left -= read;
    return read;
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  private void nextChunk() throws IOException {
    if (begun) {
      endOfLine();
    }
    begun = true;
    left = size();
    if (left == 0) {
      var unused = new HeadReader(in).trailers();
      complete = true;
    }
  }

  private long size() throws IOException {
    long size = 0;
    int digits = 0;
    int b = next();
    for (int digit = Character.digit(b, 16); digit >= 0; digit = Character.digit(b, 16)) {
      if (++digits > MOST_DIGITS) {
        throw new MalformedAnswer("a chunk's size is too large");
      }
      size = size * 16 + digit;
      b = next();
    }
    if (digits == 0 || (b != '\r' && b != ';' && b != ' ' && b != '\t')) {
      throw new MalformedAnswer("a chunk has no valid size");
    }
    extension(b);
    return size;
  }

  private void extension(int first) throws IOException {
    int bytes = 0;
    for (int b = first; b != '\r'; b = next()) {
      if ((b < ' ' && b != '\t') || b == 0x7f || ++bytes > MOST_LINE_BYTES) {
        throw new MalformedAnswer("a chunk has a malformed or too long extension");
      }
    }
    if (next() != '\n') {
      throw new MalformedAnswer("a chunk's size has a CR without LF behind");
    }
  }

  private void endOfLine() throws IOException {
    if (next() != '\r' || next() != '\n') {
      throw new MalformedAnswer("a chunk is longer than its size");
    }
  }

  private int next() throws IOException {
    int next = in.next();
    if (next < 0) {
      throw ended();
    }
    return next;
  }

  private static PrematureEnd ended() {
    return new PrematureEnd("the connection ended within a chunked body");
  }
}
