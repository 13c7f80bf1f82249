package io.hydra.examples.textanalysis;

/** A release that cannot be served; the message says which part of it and why. */
final class LoadFailure extends Exception {
  private static final long serialVersionUID = 1L;

  LoadFailure(String message) {
    super(message);
  }

  LoadFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
