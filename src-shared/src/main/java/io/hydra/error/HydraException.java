package io.hydra.error;

import java.util.Map;

/**
 * A failure with a stable code, for whoever called. The message is one sentence that names the
 * culprit.
 */
public final class HydraException extends RuntimeException {
  private final ErrorCode code;
  private final Map<String, String> context;

  public HydraException(ErrorCode code, String detail) {
    this(code, detail, Map.of());
  }

  /**
   * @param context machine-readable names of what failed, such as {@code dataset} or {@code
   *     version}
   */
  public HydraException(ErrorCode code, String detail, Map<String, String> context) {
    super(detail);
    this.code = code;
    this.context = Map.copyOf(context);
  }

  public HydraException(ErrorCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.context = Map.of();
  }

  public ErrorCode code() {
    return code;
  }

  public Map<String, String> context() {
    return context;
  }

  /** Never null, unlike {@link #getMessage()} by its signature. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  public Problem toProblem() {
    return Problem.of(code, detail(), context);
  }
}
