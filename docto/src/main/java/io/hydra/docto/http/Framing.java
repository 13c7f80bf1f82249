package io.hydra.docto.http;

import java.io.IOException;

/** How the end of a body is known (RFC 9112, section 6.3). */
sealed interface Framing {
  /** So many bytes; none for answers without a body. */
  record Length(long bytes) implements Framing {}

  record Chunked() implements Framing {}

  /** It goes on until the connection ends. */
  record UntilClose() implements Framing {}

  /** Of decimal, so that it is a long. */
  int MOST_DIGITS = 18;

  /**
   * @throws AmbiguousAnswer where several ends may be seen
   * @throws MalformedAnswer where the end cannot be known
   */
  static Framing of(Head head) throws IOException {
    if (head.status() == 204 || head.status() == 304) {
      return new Length(0);
    }
    var codings = head.headers().members("transfer-encoding").toList();
    var lengths = head.headers().all("content-length").toList();
    if (!codings.isEmpty() || head.headers().first("transfer-encoding").isPresent()) {
      if (!lengths.isEmpty()) {
        throw new AmbiguousAnswer("the answer has both Transfer-Encoding and Content-Length");
      }
      if (head.minor() == 0) {
        throw new AmbiguousAnswer("the answer has a Transfer-Encoding, and is of HTTP/1.0");
      }
      if (codings.size() != 1 || !codings.getFirst().equals("chunked")) {
        throw new MalformedAnswer("the answer has a Transfer-Encoding other than chunked");
      }
      return new Chunked();
    }
    if (lengths.isEmpty()) {
      return new UntilClose();
    }
    var members = String.join(",", lengths).split(",", -1);
    long length = length(members[0]);
    for (var other : members) {
      if (length(other) != length) {
        throw new AmbiguousAnswer("the answer has several values of Content-Length");
      }
    }
    return new Length(length);
  }

  private static long length(String text) throws MalformedAnswer {
    var digits = text.strip();
    if (digits.isEmpty()
        || digits.length() > MOST_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedAnswer(
          "the answer has a malformed Content-Length: " + HeadReader.shown(text));
    }
    return Long.parseLong(digits);
  }
}
