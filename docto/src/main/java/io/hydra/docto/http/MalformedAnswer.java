package io.hydra.docto.http;

import java.io.IOException;

/**
 * An answer that is no valid HTTP/1.1, or goes beyond a limit. Others may be more lenient; nothing
 * of it was taken.
 */
public final class MalformedAnswer extends IOException {
  MalformedAnswer(String message) {
    super(message);
  }
}
