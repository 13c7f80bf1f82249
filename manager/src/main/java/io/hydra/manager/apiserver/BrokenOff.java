package io.hydra.manager.apiserver;

import java.io.IOException;

/**
 * An answer had begun, and ended before its end: the connection is gone, or was silent too long.
 */
final class BrokenOff extends IOException {
  BrokenOff(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
