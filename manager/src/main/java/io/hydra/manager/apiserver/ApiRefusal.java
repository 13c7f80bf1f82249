package io.hydra.manager.apiserver;

import java.io.IOException;

/** The API server has answered, and not with success. */
public final class ApiRefusal extends IOException {
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final int status;

  /**
   * @param status of HTTP
   */
  public ApiRefusal(int status, String message) {
    super("HTTP status %d: %s".formatted(status, message));
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** Whether the same may be granted in a while: it has too much to do, or is not well. */
  public boolean isTemporary() {
    return status == TOO_MANY || status >= SERVER_ERROR;
  }

  /** Whether it does not remember what was asked for: only a new list helps. */
  boolean isExpired() {
    return status == GONE;
  }
}
