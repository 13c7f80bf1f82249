package io.hydra.docto.http;

import java.net.SocketTimeoutException;

/** A step took longer than its limit; the message says which. */
public final class TimeLimitExceeded extends SocketTimeoutException {
  TimeLimitExceeded(String message) {
    super(message);
  }
}
