package io.hydra.docto.http;

/**
 * The beginning of an answer.
 *
 * @param minor 1 for HTTP/1.1, 0 for HTTP/1.0
 */
record Head(int minor, int status, Headers headers) {
  /** Whether the connection may be used again (RFC 9112, section 9.3). */
  boolean keepsAlive() {
    if (headers.members("connection").anyMatch("close"::equals)) {
      return false;
    }
    return minor == 1 || headers.members("connection").anyMatch("keep-alive"::equals);
  }

  /** 1xx: another head follows. */
  boolean isInterim() {
    return status < 200;
  }
}
