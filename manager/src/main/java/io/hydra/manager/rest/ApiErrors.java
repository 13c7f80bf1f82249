package io.hydra.manager.rest;

import static java.util.Map.entry;

import io.hydra.error.ErrorCode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** With which codes each operation of the API may be refused, beside those that any may. */
final class ApiErrors {
  /** Of any call. */
  private static final List<ErrorCode> ANY =
      List.of(
          ErrorCode.INVALID_REQUEST,
          ErrorCode.UNAUTHENTICATED,
          ErrorCode.FORBIDDEN,
          ErrorCode.UNAVAILABLE,
          ErrorCode.STORAGE_FAILED,
          ErrorCode.INTERNAL);

  /** Of calls with a body. */
  private static final List<ErrorCode> WITH_BODY = List.of(ErrorCode.REQUEST_TOO_LARGE);

  private static final List<ErrorCode> CHANNEL =
      List.of(ErrorCode.UNKNOWN_CHANNEL, ErrorCode.UNKNOWN_ENVIRONMENT);
  private static final List<ErrorCode> CHANGE = and(CHANNEL, ErrorCode.CONFLICT);

  /** Of an operation that heeds If-Match. */
  private static final List<ErrorCode> CONDITIONAL = and(CHANGE, ErrorCode.PRECONDITION_FAILED);

  private static final List<ErrorCode> APPEND =
      and(
          CHANGE,
          ErrorCode.INVALID_TEMPLATE,
          ErrorCode.OLDER_THAN_HEAD,
          ErrorCode.RELEASE_REJECTED);
  private static final List<ErrorCode> RESOLVE =
      and(
          APPEND,
          ErrorCode.SOURCE_MISSING,
          ErrorCode.SOURCE_NOT_ALLOWED,
          ErrorCode.SOURCE_TOO_LARGE,
          ErrorCode.SOURCE_UNAVAILABLE,
          ErrorCode.HOSTILE_KEY,
          ErrorCode.NO_COMMON_VERSION);

  private static final Map<String, List<ErrorCode>> BY_OPERATION =
      Map.ofEntries(
          entry("getManager", List.of()),
          entry("getManifest", List.of(ErrorCode.UNKNOWN_MANIFEST)),
          entry("listChannels", List.of()),
          entry("getChannel", CHANNEL),
          entry("putChannel", CONDITIONAL),
          entry("deleteChannel", and(CONDITIONAL, ErrorCode.IN_USE)),
          entry(
              "publish", and(RESOLVE, ErrorCode.IDEMPOTENCY_KEY_REUSED, ErrorCode.UNKNOWN_RELEASE)),
          entry("plan", RESOLVE),
          entry(
              "republish",
              and(
                  APPEND,
                  ErrorCode.UNKNOWN_RELEASE,
                  ErrorCode.UNKNOWN_MANIFEST,
                  ErrorCode.IDEMPOTENCY_KEY_REUSED)),
          entry("listReleases", CHANNEL),
          entry("getRelease", and(CHANNEL, ErrorCode.UNKNOWN_RELEASE)),
          entry("pin", and(CONDITIONAL, ErrorCode.UNKNOWN_RELEASE, ErrorCode.UNKNOWN_SCOPE)),
          entry("unpin", and(CONDITIONAL, ErrorCode.UNKNOWN_SCOPE)),
          entry("rollback", and(CONDITIONAL, ErrorCode.UNKNOWN_RELEASE, ErrorCode.UNKNOWN_SCOPE)),
          entry(
              "promote",
              and(
                  CONDITIONAL,
                  ErrorCode.UNKNOWN_RELEASE,
                  ErrorCode.RELEASE_REJECTED,
                  ErrorCode.UNKNOWN_SCOPE)),
          entry("reject", and(CONDITIONAL, ErrorCode.UNKNOWN_RELEASE)),
          entry("listHeadChanges", CHANNEL),
          entry("getHeadAt", and(CHANNEL, ErrorCode.HISTORY_UNKNOWN, ErrorCode.UNKNOWN_SCOPE)),
          entry("getStatus", CHANNEL),
          entry("explain", and(CHANNEL, ErrorCode.UNKNOWN_RELEASE)),
          entry("watchEvents", List.of(ErrorCode.TOO_MANY_WATCHERS)),
          entry("listNodes", List.of()),
          entry("getNode", List.of(ErrorCode.UNKNOWN_NODE)),
          entry("putNode", List.of(ErrorCode.CONFLICT)),
          entry("deleteNode", List.of(ErrorCode.UNKNOWN_NODE, ErrorCode.IN_USE)),
          entry("reportNode", List.of(ErrorCode.UNKNOWN_NODE, ErrorCode.STALE_EPOCH)),
          entry("getNodeDesired", List.of(ErrorCode.UNKNOWN_NODE)),
          entry("listInstances", List.of()),
          entry("getInstance", List.of(ErrorCode.UNKNOWN_INSTANCE)),
          entry("putInstance", and(CHANNEL, ErrorCode.UNKNOWN_NODE, ErrorCode.CONFLICT)),
          entry("deleteInstance", List.of(ErrorCode.UNKNOWN_INSTANCE, ErrorCode.IN_USE)),
          entry("reportInstance", List.of(ErrorCode.UNKNOWN_INSTANCE, ErrorCode.STALE_EPOCH)),
          entry("getInstanceDesired", List.of(ErrorCode.UNKNOWN_INSTANCE)),
          entry("getInstanceEndpoint", List.of(ErrorCode.UNKNOWN_INSTANCE)),
          entry(
              "evictInstance",
              List.of(
                  ErrorCode.UNKNOWN_INSTANCE,
                  ErrorCode.NOT_FOUND,
                  ErrorCode.CONFLICT,
                  ErrorCode.DISRUPTION_REFUSED)),
          entry("getChannelState", CHANNEL),
          entry(
              "putChannelState",
              and(CHANGE, ErrorCode.UNKNOWN_RELEASE, ErrorCode.UNKNOWN_MANIFEST)),
          entry("getReleaseState", and(CHANNEL, ErrorCode.UNKNOWN_RELEASE)),
          entry("putReleaseState", and(CHANGE, ErrorCode.INVALID_TEMPLATE)),
          entry("putManifestPart", List.of()),
          entry("putManifest", List.of()),
          entry("forecastUptime", List.of()));

  private ApiErrors() {}

  /** What is told of data and applications, in reports and views, and refuses no call. */
  static Set<ErrorCode> ofFaultsOnly() {
    return EnumSet.of(
        ErrorCode.SOURCE_CHANGED,
        ErrorCode.INSUFFICIENT_SPACE,
        ErrorCode.VERIFICATION_FAILED,
        ErrorCode.RELOAD_FAILED,
        ErrorCode.APPLICATION_UNREACHABLE);
  }

  static Set<String> operations() {
    return BY_OPERATION.keySet();
  }

  /**
   * By HTTP status, with codes in their order of declaration.
   *
   * @throws IllegalArgumentException for an operation that is not listed here
   */
  static SortedMap<Integer, Set<ErrorCode>> of(String operation, boolean hasBody) {
    var own = BY_OPERATION.get(operation);
    if (own == null) {
      throw new IllegalArgumentException(
          "ApiErrors does not say with which codes %s may be refused".formatted(operation));
    }
    var byStatus = new TreeMap<Integer, Set<ErrorCode>>();
    Stream.of(ANY, own, hasBody ? WITH_BODY : List.<ErrorCode>of())
        .flatMap(Collection::stream)
        .forEach(code -> byStatus.computeIfAbsent(code.status(), _ -> new TreeSet<>()).add(code));
    // As every mistake of a request that has no code of its own, with the status that HTTP has.
    byStatus.put(406, Set.of(ErrorCode.INVALID_REQUEST));
    byStatus.put(415, Set.of(ErrorCode.INVALID_REQUEST));
    return byStatus;
  }

  private static List<ErrorCode> and(List<ErrorCode> some, ErrorCode... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }
}
