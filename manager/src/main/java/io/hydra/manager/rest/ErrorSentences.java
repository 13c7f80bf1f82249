package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;

/** What a refusal of each code may say, for the OpenAPI document. */
final class ErrorSentences {
  private ErrorSentences() {}

  static String of(ErrorCode code) {
    return switch (code) {
      case INVALID_REQUEST -> "limit must be 1 to 1000";
      case UNAUTHENTICATED -> "the call carries no token";
      case FORBIDDEN -> "jane lacks the role operator for channel prod/search/searcher";
      case REQUEST_TOO_LARGE -> "the body has 5242880 bytes, over the limit of 4194304";
      case INVALID_TEMPLATE -> "dataset index has no SourcePath";
      case UNKNOWN_ENVIRONMENT -> "this manager serves prod, not stage";
      case UNKNOWN_CHANNEL -> "there is no channel prod/search/searcher";
      case UNKNOWN_RELEASE -> "channel prod/search/searcher has no release 2026-11-08T09-00-00";
      case UNKNOWN_SCOPE -> "channel prod/search/searcher has no scope eu; it has us";
      case UNKNOWN_NODE -> "no node node-1 is registered";
      case UNKNOWN_INSTANCE -> "instance searcher-1 is not registered";
      case UNKNOWN_MANIFEST -> "there is no manifest of this digest";
      case HISTORY_UNKNOWN ->
          "it is not known what held in channel prod/search/searcher at 2026-01-01T00:00:00Z: its history goes back to 2026-11-01T09:00:00Z";
      case NOT_FOUND -> "no cluster is followed that could replace it";
      case SOURCE_MISSING -> "dataset index: s3://models/index/ holds no version";
      case SOURCE_NOT_ALLOWED -> "dataset index: bucket private is not one of those allowed";
      case SOURCE_TOO_LARGE -> "dataset index: more than 100000 files";
      case HOSTILE_KEY -> "dataset index: '../x' cannot be a file in the dataset's directory";
      case SOURCE_UNAVAILABLE -> "dataset index: S3 does not answer";
      case SOURCE_CHANGED -> "part-0 is not what the manifest froze";
      case NO_COMMON_VERSION -> "no version is there for all of index and words";
      case OLDER_THAN_HEAD -> "2026-11-01T09-00-00 is older than the head, 2026-11-08T09-00-00";
      case RELEASE_REJECTED -> "release 2026-11-08T09-00-00 was rejected: rolled back";
      case CONFLICT -> "the channel was changed meanwhile";
      case PRECONDITION_FAILED ->
          "channel prod/search/searcher is not at the revision that If-Match names; read it again";
      case IDEMPOTENCY_KEY_REUSED -> "the key build-1742 was used for another request";
      case IN_USE -> "instance searcher-1 is registered for channel prod/search/searcher";
      case DISRUPTION_REFUSED -> "the budget search/searcher allows no disruption at present";
      case TOO_MANY_WATCHERS -> "200 watch already, which is as many as this manager serves";
      case STALE_EPOCH -> "the report is of an epoch that is not the newest";
      case INSUFFICIENT_SPACE -> "12.0 MiB are needed, 8.0 MiB are free";
      case VERIFICATION_FAILED -> "part-0 differs from its checksum";
      case STORAGE_FAILED -> "the store's entry is damaged";
      case RELOAD_FAILED -> "the application answered 500";
      case APPLICATION_UNREACHABLE -> "the application does not answer";
      case UNAVAILABLE -> "this manager does not lead, and knows of none that does; ask again";
      case INTERNAL -> "the manager failed; its log tells more";
    };
  }
}
