package io.hydra.error;

import java.util.Map;

/**
 * An error body as RFC 9457 defines it, media type {@value #MEDIA_TYPE}, with two members of ours.
 *
 * @param type {@code urn:hydra:error:CODE}
 * @param title constant for the code
 * @param status the HTTP status
 * @param detail one sentence about this occurrence
 * @param code stable name of the failure
 * @param retryable whether the same request may succeed later
 * @param context names of what failed, such as {@code dataset}
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    ErrorCode code,
    boolean retryable,
    Map<String, String> context) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(ErrorCode code, String detail, Map<String, String> context) {
    return new Problem(
        "urn:hydra:error:" + code.name(),
        code.title(),
        code.status(),
        detail,
        code,
        code.retryable(),
        context);
  }

  public HydraException toException() {
    return new HydraException(code, detail, context);
  }
}
