package io.hydra.docto.http;

import java.io.EOFException;

/** The server ended a connection before its answer was complete. */
public final class PrematureEnd extends EOFException {
  PrematureEnd(String message) {
    super(message);
  }
}
