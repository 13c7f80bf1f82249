package io.hydra.error;

/**
 * Every failure that crosses a boundary between two parts of Hydra. A name, once released, keeps
 * its meaning for ever: clients and scripts branch on it.
 */
public enum ErrorCode {
  /** The request cannot be understood: malformed JSON, a bad name, a missing field. */
  INVALID_REQUEST(400, false, "Invalid request"),
  /** The call does not prove who makes it, and the manager wants to know. */
  UNAUTHENTICATED(401, false, "Not authenticated"),
  /** Who calls is known, and may not do this. */
  FORBIDDEN(403, false, "Forbidden"),
  /** The request's body is larger than the manager takes. */
  REQUEST_TOO_LARGE(413, false, "Request too large"),
  /** The data template has a mistake that only its author can mend. */
  INVALID_TEMPLATE(422, false, "Invalid data template"),
  /** The manager does not serve the environment that the channel names. */
  UNKNOWN_ENVIRONMENT(404, false, "Unknown environment"),
  UNKNOWN_CHANNEL(404, false, "Unknown channel"),
  UNKNOWN_RELEASE(404, false, "Unknown release"),
  UNKNOWN_SCOPE(404, false, "Unknown scope"),
  UNKNOWN_NODE(404, false, "Unknown node"),
  UNKNOWN_INSTANCE(404, false, "Unknown instance"),
  UNKNOWN_MANIFEST(404, false, "Unknown manifest"),
  /** What held at that time is not known (any more), or there was no channel yet. */
  HISTORY_UNKNOWN(404, false, "History unknown"),
  /** No resource at this path, or not with this method. */
  NOT_FOUND(404, false, "Not found"),
  /** A dataset's source does not exist or holds no file. */
  SOURCE_MISSING(422, false, "Source missing"),
  /** A dataset's source lies outside the endpoints, buckets or folders that the manager allows. */
  SOURCE_NOT_ALLOWED(403, false, "Source not allowed"),
  /** A dataset's source holds more files than a manifest takes. */
  SOURCE_TOO_LARGE(422, false, "Source too large"),
  /** A key under the source cannot be a file inside the dataset's directory. */
  HOSTILE_KEY(422, false, "Hostile key in source"),
  /** The source's store refuses or does not answer; the same call may succeed later. */
  SOURCE_UNAVAILABLE(503, true, "Source unavailable"),
  /** What lies at the source is not what the manifest froze. */
  SOURCE_CHANGED(409, false, "Source changed"),
  /** Equal versions were asked for, and no version exists for every dataset. */
  NO_COMMON_VERSION(422, false, "No common version"),
  /** The release would be older than the channel's head. */
  OLDER_THAN_HEAD(409, false, "Older than head"),
  /** The release was rejected and is never chosen again by itself. */
  RELEASE_REJECTED(409, false, "Release rejected"),
  /** What was read before is no longer the current state. */
  CONFLICT(409, true, "Conflict"),
  /** The If-Match header does not name the current revision. */
  PRECONDITION_FAILED(412, false, "Precondition failed"),
  /** The idempotency key was used for another request. */
  IDEMPOTENCY_KEY_REUSED(422, false, "Idempotency key reused"),
  /** Something still uses what should be removed. */
  IN_USE(409, false, "In use"),
  /** A disruption budget of the cluster does not allow an instance to be replaced now. */
  DISRUPTION_REFUSED(429, true, "Disruption refused"),
  /** As many watch events as the manager serves. */
  TOO_MANY_WATCHERS(503, true, "Too many watchers"),
  /** An agent's order carries an older epoch than one it has already obeyed. */
  STALE_EPOCH(409, false, "Stale epoch"),
  /** Not enough disk, RAM or inodes; tried again when space comes. */
  INSUFFICIENT_SPACE(507, true, "Insufficient space"),
  /** Content that was read differs in length or checksum from its manifest. */
  VERIFICATION_FAILED(502, true, "Verification failed"),
  /** The local disk refuses to read or write. */
  STORAGE_FAILED(500, true, "Storage failed"),
  /** The application refused the new release or did not become ready with it. */
  RELOAD_FAILED(502, false, "Reload failed"),
  /** The application does not answer. */
  APPLICATION_UNREACHABLE(503, true, "Application unreachable"),
  /** This manager cannot serve the call now: it starts, stops, or has no leader. */
  UNAVAILABLE(503, true, "Unavailable"),
  INTERNAL(500, true, "Internal error");

  private final int status;
  private final boolean retryable;
  private final String title;

  ErrorCode(int status, boolean retryable, String title) {
    this.status = status;
    this.retryable = retryable;
    this.title = title;
  }

  /** HTTP status of an answer with this code. */
  public int status() {
    return status;
  }

  /** Whether the same request, unchanged, may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** Short, constant, for people. */
  public String title() {
    return title;
  }
}
