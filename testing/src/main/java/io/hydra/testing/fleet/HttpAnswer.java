package io.hydra.testing.fleet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer of HTTP/1.1.
 *
 * @param head status line and headers
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
record HttpAnswer(int status, String head, byte[] body) {
  private static final int NO_CONTENT = 204;
  private static final int HEXADECIMAL = 16;

  /**
   * @return empty while there is more to come
   * @throws IOException where it is no answer
   */
  static Optional<HttpAnswer> parse(byte[] received) throws IOException {
    int end = endOfLine(received, 0, "\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    var head = new String(received, 0, end, StandardCharsets.ISO_8859_1);
    int status = status(head);
    int start = end + 4;
    if (status == NO_CONTENT) {
      return Optional.of(new HttpAnswer(status, head, new byte[0]));
    }
    return (isChunked(head) ? chunks(received, start) : plain(head, received, start))
        .map(body -> new HttpAnswer(status, head, body));
  }

  /** The value of a header, whatever the case of its name. */
  Optional<String> header(String name) {
    return header(head, name);
  }

  boolean closes() {
    return header("connection").filter(value -> value.equalsIgnoreCase("close")).isPresent();
  }

  boolean succeeded() {
    return status / 100 == 2;
  }

  private static int status(String head) throws IOException {
    if (!head.startsWith("HTTP/1.") || head.length() < 12) {
      throw new IOException("not an answer of HTTP: " + head.lines().findFirst().orElse(""));
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  private static boolean isChunked(String head) {
    return header(head, "transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
  }

  private static Optional<byte[]> plain(String head, byte[] received, int start) {
    int length = header(head, "content-length").map(Integer::parseInt).orElse(0);
    if (received.length < start + length) {
      return Optional.empty();
    }
    var body = new byte[length];
    System.arraycopy(received, start, body, 0, length);
    return Optional.of(body);
  }

  private static Optional<byte[]> chunks(byte[] received, int start) {
    var body = new ByteArrayOutputStream();
    int at = start;
    while (true) {
      int lineEnd = endOfLine(received, at, "\r\n");
      if (lineEnd < 0) {
        return Optional.empty();
      }
      var size = new String(received, at, lineEnd - at, StandardCharsets.US_ASCII).strip();
      int length = Integer.parseInt(size, HEXADECIMAL);
      at = lineEnd + 2;
      if (received.length < at + length + 2) {
        return Optional.empty();
      }
      if (length == 0) {
        return Optional.of(body.toByteArray());
      }
      body.write(received, at, length);
      at += length + 2;
    }
  }

  private static int endOfLine(byte[] bytes, int from, String mark) {
    int length = mark.length();
    for (int i = from; i <= bytes.length - length; i++) {
      int matched = 0;
      while (matched < length && bytes[i + matched] == mark.charAt(matched)) {
        matched++;
      }
      if (matched == length) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<String> header(String head, String name) {
    var lower = head.toLowerCase(Locale.ROOT);
    var wanted = "\r\n" + name.toLowerCase(Locale.ROOT) + ":";
    int at = lower.indexOf(wanted);
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + wanted.length();
    int end = head.indexOf("\r\n", from);
    return Optional.of((end < 0 ? head.substring(from) : head.substring(from, end)).strip());
  }
}
