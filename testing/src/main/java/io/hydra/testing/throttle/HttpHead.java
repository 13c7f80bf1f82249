package io.hydra.testing.throttle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The head of a request or an answer of HTTP/1.1.
 *
 * @param text as it came, with its empty line
 */
record HttpHead(String text) {
  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})");
  private static final Pattern LENGTH = header("Content-Length");
  private static final Pattern ENCODING = header("Transfer-Encoding");
  private static final Pattern CONNECTION = header("Connection");
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private static Pattern header(String name) {
    return Pattern.compile("(?im)^" + name + ":[ \t]*(.*?)[ \t]*\r?$");
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /** Of a request. */
  boolean isHeadRequest() {
    return text.startsWith("HEAD ");
  }

  /** Whether this answer has no body, whatever its length says. */
  boolean isBodiless() throws IOException {
    int status = status();
    return status == NO_CONTENT || status == NOT_MODIFIED;
  }

  /**
   * Of an answer.
   *
   * @throws IOException where it is none
   */
  int status() throws IOException {
    var line = STATUS.matcher(text);
    if (!line.find()) {
      throw new IOException("no answer of HTTP/1.1: " + text.lines().findFirst().orElse(""));
    }
    return Integer.parseInt(line.group(1));
  }

  boolean isChunked() {
    return value(ENCODING).filter("chunked"::equalsIgnoreCase).isPresent();
  }

  /**
   * Bytes of the body, where the head says so.
   *
   * @throws IOException where it is no number
   */
  OptionalLong length() throws IOException {
    var length = value(LENGTH);
    try {
      return length.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseUnsignedLong(length.get()));
    } catch (NumberFormatException e) {
      throw new IOException("no length: " + length.get(), e);
    }
  }

  /** Whether the connection ends after it. */
  boolean closes() {
    return value(CONNECTION).filter("close"::equalsIgnoreCase).isPresent();
  }

  private Optional<String> value(Pattern header) {
    var found = header.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
