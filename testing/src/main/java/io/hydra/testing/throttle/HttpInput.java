package io.hydra.testing.throttle;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What comes by a connection of HTTP/1.1. */
final class HttpInput {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int PIECE_BYTES = 64 * 1024;
  private static final int LONGEST_HEAD = 64 * 1024;
  private static final int HEXADECIMAL = 16;
  private static final String LINE_END = "\r\n";

  private final InputStream in;
  private final byte[] piece = new byte[PIECE_BYTES];

  HttpInput(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /** The next head; empty where the connection ends before it. */
  Optional<HttpHead> head() throws IOException {
    var head = new StringBuilder();
    int before;
    do {
      before = head.length();
      if (!readLine(head)) {
        return Optional.empty();
      }
    } while (head.length() > before + LINE_END.length());
    return Optional.of(new HttpHead(head.toString()));
  }

  /** With its end; false where the connection ends before the first line. */
  private boolean readLine(StringBuilder to) throws IOException {
    int read;
    do {
      read = in.read();
      if (read < 0 && to.isEmpty()) {
        return false;
      }
      if (read < 0 || to.length() == LONGEST_HEAD) {
        throw new EOFException("a head without an end");
      }
      to.append((char) read);
    } while (read != '\n');
    return true;
  }

  /** Passes on so many bytes. */
  void pass(long bytes, OutputStream to) throws IOException {
    long left = bytes;
    while (left > 0) {
      int read = in.read(piece, 0, (int) Math.min(left, piece.length));
      if (read < 0) {
        throw new EOFException(left + " bytes are missing");
      }
      to.write(piece, 0, read);
      left -= read;
    }
  }

  /** Passes on all chunks of a body, and its trailers, as they are. */
  void passChunks(OutputStream to) throws IOException {
    long bytes;
    do {
      var line = line();
      to.write(line.getBytes(StandardCharsets.ISO_8859_1));
      bytes = chunkBytes(line);
      if (bytes > 0) {
        pass(bytes + LINE_END.length(), to);
      }
    } while (bytes > 0);
    String trailer;
    do {
      trailer = line();
      to.write(trailer.getBytes(StandardCharsets.ISO_8859_1));
    } while (!trailer.equals(LINE_END));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    if (!readLine(line)) {
      throw new EOFException("chunks without an end");
    }
    return line.toString();
  }

  private static long chunkBytes(String line) throws IOException {
    var size = line.strip().split(";", 2)[0].strip();
    try {
      return Long.parseUnsignedLong(size, HEXADECIMAL);
    } catch (NumberFormatException e) {
      throw new IOException("no chunk: " + line, e);
    }
  }

  /** Passes on all that comes until the connection ends. */
  void passAll(OutputStream to) throws IOException {
    in.transferTo(to);
  }
}
