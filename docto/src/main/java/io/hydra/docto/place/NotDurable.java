package io.hydra.docto.place;

import java.io.IOException;

/**
 * What was written may not be on the disk, and never come there: the kernel forgets what it could
 * not write; or somebody has changed it since. Only writing it anew mends that.
 */
public final class NotDurable extends IOException {
  NotDurable(String message) {
    super(message);
  }

  NotDurable(String message, IOException cause) {
    super(message, cause);
  }
}
