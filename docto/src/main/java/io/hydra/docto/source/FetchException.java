package io.hydra.docto.source;

import io.hydra.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** A source did not give what was asked of it. */
public final class FetchException extends Exception {
  /** Why; names the retry in metrics. */
  public enum Cause {
    /** The source asks to go slower: 429, 503. */
    THROTTLED(true, ErrorCode.SOURCE_UNAVAILABLE),
    /** 500 and its kin. */
    SERVER_ERROR(true, ErrorCode.SOURCE_UNAVAILABLE),
    /** No connection, or it broke. */
    RESET(true, ErrorCode.SOURCE_UNAVAILABLE),
    /** Fewer bytes than promised. */
    SHORT_BODY(true, ErrorCode.SOURCE_UNAVAILABLE),
    /** No byte for too long. */
    STALLED(true, ErrorCode.SOURCE_UNAVAILABLE),
    /** Not what the manifest froze. */
    CHANGED(false, ErrorCode.SOURCE_CHANGED),
    MISSING(false, ErrorCode.SOURCE_MISSING),
    /** Refused by the source, or by this node's own rules. */
    DENIED(false, ErrorCode.SOURCE_NOT_ALLOWED),
    /** An answer that makes no sense here, such as a redirect to another region. */
    UNEXPECTED(false, ErrorCode.SOURCE_UNAVAILABLE);

    private final boolean passing;
    private final ErrorCode code;

    Cause(boolean passing, ErrorCode code) {
      this.passing = passing;
      this.code = code;
    }

    /** Whether another attempt in a moment may succeed. */
    public boolean passing() {
      return passing;
    }

    public ErrorCode code() {
      return code;
    }
  }

  private final Cause reason;
  private final transient Optional<Duration> retryAfter;

  public FetchException(Cause reason, String detail) {
    super(detail);
    this.reason = reason;
    this.retryAfter = Optional.empty();
  }

  public FetchException(Cause reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.retryAfter = Optional.empty();
  }

  /**
   * @param retryAfter how long the source asks to be left alone
   */
  public FetchException(Cause reason, String detail, Optional<Duration> retryAfter) {
    super(detail);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public Cause reason() {
    return reason;
  }

  /** How long the source asks to be left alone, as it says; it may be very long. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
