package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Manifest;
import io.hydra.model.Release;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.ChannelState;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.EndpointView;
import io.hydra.wire.Explanation;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.ManagerInfo;
import io.hydra.wire.ManifestParts;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.hydra.wire.PinRequest;
import io.hydra.wire.PromoteRequest;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RejectRequest;
import io.hydra.wire.ReleasePlan;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RepublishRequest;
import io.hydra.wire.RollbackRequest;
import io.hydra.wire.UptimeForecast;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each operation of the API is asked and answers, for the OpenAPI document. A test reads each
 * example as the record that it is of, and writes it again.
 */
final class ApiExamples {
  /** In place of a status. */
  static final String REQUEST = "request";

  /**
   * One of them.
   *
   * @param at {@link #REQUEST}, or the status of the answer
   * @param type its record, or that of a page's items
   */
  record Example(String operation, String at, Class<?> type, boolean isPage, String json) {}

  private static final String DIGEST =
      "33591b1d40e95c4014b1baa5d30050a1cfb3b8f18fc12b0cfab8b73456e378e2";
  private static final String FIRST =
      """
      {"sequence": 1, "version": "2026-11-01T09-00-00"}""";
  private static final String SECOND =
      """
      {"sequence": 2, "version": "2026-11-08T09-00-00"}""";
  private static final String SCOPE =
      """
      {"name": "eu", "nodeSelector": {"region": "eu"}, "promotion": "manual"}""";
  private static final String SETTINGS =
      """
      {"versionScheme": "TIMESTAMP", "retainReleases": 10, "retainOnNode": 2, "maxUnavailable": "25%%", "nodeSelector": {"disk": "nvme"},
       "progressDeadline": "PT10M", "uptime": "Mon-Fri 08:00-19:30 Europe/Berlin", "consumerNamespaces": [], "promotion": "immediate",
       "retainFor": "PT0S", "scopes": [%s], "budget": {"disk": 107374182400, "ram": 8589934592}}"""
          .formatted(SCOPE);
  private static final String RELEASE =
      """
      {"channel": "prod/search/searcher", "sequence": 2, "version": "2026-11-08T09-00-00", "publishedAt": "2026-11-08T09:10:00Z",
       "datasets": [{"name": "index", "source": "s3://models/index/2026-11-08T09-00-00/", "version": "2026-11-08T09-00-00",
                     "placement": "RAM", "digest": "%s", "bytes": 12582912, "files": 3}]}"""
          .formatted(DIGEST);
  private static final String CHANNEL =
      """
      {"id": "prod/search/searcher", "settings": %s, "head": %s, "target": %s,
       "scopes": [{"name": "eu", "head": %s, "target": %s, "staged": %s}], "revision": 42}"""
          .formatted(SETTINGS, SECOND, SECOND, FIRST, FIRST, SECOND);
  private static final String PINNED =
      """
      {"id": "prod/search/searcher", "settings": %s, "head": %s, "pin": %s, "target": %s, "scopes": [],
       "revision": 43}"""
          .formatted(SETTINGS, SECOND, FIRST, FIRST);
  private static final String GONE_BACK =
      """
      {"id": "prod/search/searcher", "settings": %s, "head": %s, "target": %s, "scopes": [], "revision": 44}"""
          .formatted(SETTINGS, FIRST, FIRST);
  private static final String TEMPLATE =
      """
      {"index": {"SourcePath": "s3://models/index/{VERSION_PLACEHOLDER}/", "Placement": "RAM"},
       "settings": {"Inline": {"settings.yaml": "threshold: 0.7"}, "Placement": "DISK"}}""";
  private static final String PUBLISH =
      """
      {"template": %s, "sameVersion": false, "dryRun": false, "createChannel": true}"""
          .formatted(TEMPLATE);
  private static final String PUBLISHED =
      """
      {"release": %s, "created": true}"""
          .formatted(RELEASE);
  private static final String KNOWN_ALREADY =
      """
      {"release": %s, "created": false}"""
          .formatted(RELEASE);
  private static final String CHANGE =
      """
      {"at": "2026-11-08T09:10:00Z", "by": "serviceaccount:ci/publisher", "cause": "PUBLISHED", "head": %s}"""
          .formatted(SECOND);
  private static final String PLACED =
      """
      [{"name": "index", "placement": "RAM", "digest": "%s"}]"""
          .formatted(DIGEST);
  private static final String GRANT =
      """
      {"epoch": 4294967301, "release": %s, "datasets": %s, "letGo": false}"""
          .formatted(SECOND, PLACED);
  private static final String INSTANCE =
      """
      {"id": "searcher-1", "channel": "prod/search/searcher", "node": "node-1"}""";
  private static final String INSTANCE_REPORT =
      """
      {"epoch": 4294967301, "state": "SERVING", "ready": true, "serving": %s, "released": false, "loaded": {"index": "%s"}}"""
          .formatted(SECOND, DIGEST);
  private static final String INSTANCE_VIEW =
      """
      {"registration": %s, "connection": "CONNECTED", "lastHeard": "2026-11-08T09:12:00Z", "report": %s}"""
          .formatted(INSTANCE, INSTANCE_REPORT);
  private static final String NODE =
      """
      {"name": "node-1", "labels": {"disk": "nvme"}, "dataRoot": "/var/lib/hydra", "agentVersion": "0.1.0"}""";
  private static final String NODE_REPORT =
      """
      {"epoch": 4294967300, "settled": true, "disk": {"total": 1099511627776, "free": 549755813888},
       "ram": {"total": 1073741824, "free": 1061158912},
       "datasets": [{"digest": "%s", "disk": "READY", "ram": "READY", "fetchedBytes": 12582912, "totalBytes": 12582912,
                     "downloadedBytes": 12582912}],
       "live": {"prod/search/searcher": %s}}"""
          .formatted(DIGEST, SECOND);
  private static final String NODE_VIEW =
      """
      {"registration": %s, "connection": "CONNECTED", "lastHeard": "2026-11-08T09:12:00Z", "report": %s}"""
          .formatted(NODE, NODE_REPORT);

  private static final List<Example> ALL =
      List.of(
          answer(
              "getManager",
              ManagerInfo.class,
              """
              {"version": "0.1.0", "environments": ["prod"], "epoch": 4294967301, "settled": true, "leads": true}"""),
          answer(
              "getManifest",
              Manifest.class,
              """
              {"files": [{"path": "part-0", "size": 12582912, "etag": "\\"9bb58f26192e4ba00f01e2e7b136bbd8\\"", "versionId": "3HL4kqtJ",
                          "checksums": [{"algorithm": "SHA256", "hex": "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"}]}]}"""),
          page("listChannels", ChannelView.class, CHANNEL),
          answer("getChannel", ChannelView.class, CHANNEL),
          request(
              "putChannel",
              ChannelSettings.class,
              """
              {"maxUnavailable": "25%", "retainOnNode": 2}"""),
          answer("putChannel", ChannelView.class, CHANNEL),
          created(
              "putChannel",
              ChannelView.class,
              """
              {"id": "prod/search/searcher", "settings": %s, "scopes": [{"name": "eu"}], "revision": 1}"""
                  .formatted(SETTINGS)),
          request("publish", PublishRequest.class, PUBLISH),
          answer("publish", PublishResult.class, KNOWN_ALREADY),
          created("publish", PublishResult.class, PUBLISHED),
          request("plan", PublishRequest.class, PUBLISH),
          answer(
              "plan",
              ReleasePlan.class,
              """
              {"release": %s, "created": true, "verdict": "fits on all 1 nodes",
               "nodes": [{"node": "node-1", "fit": "AFTER_EVICTION", "detail": "fits when 1 of 2 older contents is evicted",
                          "fetchBytes": 12582912, "diskFree": 8388608, "ramBytes": 12582912,
                          "evictions": [{"digest": "%s", "bytes": 12582912}], "fetchTime": "PT1S"}],
               "instances": [{"instance": "searcher-1", "node": "node-1", "serving": %s, "reloads": true, "detail": "reloads"}],
               "maxUnavailable": 1, "fetchTime": "PT1S"}"""
                  .formatted(RELEASE, DIGEST, FIRST)),
          request(
              "republish",
              RepublishRequest.class,
              """
              {"version": "2026-11-08T09-00-00", "from": "prod/search/staging-searcher", "dryRun": false}"""),
          answer("republish", PublishResult.class, KNOWN_ALREADY),
          created("republish", PublishResult.class, PUBLISHED),
          page(
              "listReleases",
              ReleaseView.class,
              """
              {"release": %s, "head": true, "pinned": false, "staged": false, "headIn": [], "pinnedIn": ["eu"], "rejectedIn": []}"""
                  .formatted(RELEASE)),
          answer(
              "getRelease",
              ReleaseView.class,
              """
              {"release": %s, "head": false, "pinned": false, "staged": false,
               "rejected": {"reason": "answers take twice as long", "at": "2026-11-08T10:00:00Z"}, "headIn": [], "pinnedIn": [], "rejectedIn": []}"""
                  .formatted(RELEASE)),
          request(
              "pin",
              PinRequest.class,
              """
              {"version": "2026-11-01T09-00-00", "scope": "eu"}"""),
          answer("pin", ChannelView.class, PINNED),
          answer("unpin", ChannelView.class, CHANNEL),
          request(
              "rollback",
              RollbackRequest.class,
              """
              {"to": "2026-11-01T09-00-00"}"""),
          answer("rollback", ChannelView.class, GONE_BACK),
          request(
              "promote",
              PromoteRequest.class,
              """
              {"version": "2026-11-08T09-00-00"}"""),
          answer("promote", ChannelView.class, CHANNEL),
          request(
              "reject",
              RejectRequest.class,
              """
              {"version": "2026-11-08T09-00-00", "reason": "answers take twice as long"}"""),
          answer("reject", ChannelView.class, GONE_BACK),
          page("listHeadChanges", HeadChange.class, CHANGE),
          answer(
              "getHeadAt",
              HeadAt.class,
              """
              {"at": "2026-11-08T12:00:00Z", "target": %s, "since": %s}"""
                  .formatted(SECOND, CHANGE)),
          answer(
              "getStatus",
              ChannelStatus.class,
              """
              {"channel": %s,
               "rollout": {"phase": "DONE", "target": %s, "instances": 1, "onTarget": 1, "ready": 1,
                           "reason": "all 1 instances serve #2 2026-11-08T09-00-00"},
               "scopes": [{"name": "eu", "rollout": {"phase": "DONE", "target": %s, "instances": 1, "onTarget": 1, "ready": 1,
                                                     "reason": "all 1 instances serve #1 2026-11-01T09-00-00"}}],
               "nodes": [{"node": "node-1", "connection": "CONNECTED", "ready": true, "readyBytes": 12582912, "totalBytes": 12582912}],
               "instances": [%s]}"""
                  .formatted(CHANNEL, SECOND, FIRST, INSTANCE_VIEW)),
          answer(
              "explain",
              Explanation.class,
              """
              {"subject": "release #2 2026-11-08T09-00-00 on node node-1", "verdict": "fetching",
               "reasons": ["12.0 MiB of 24.0 MiB are fetched"]}"""),
          answer(
              "watchEvents",
              ChannelEvent.class,
              """
              {"id": "90c1f9f4a7381d44-4", "at": "2026-11-08T09:10:00Z", "type": "HEAD_CHANGED", "channel": "prod/search/searcher",
               "release": %s, "before": %s, "by": "serviceaccount:ci/publisher",
               "message": "the head of channel prod/search/searcher is #2 2026-11-08T09-00-00"}"""
                  .formatted(SECOND, FIRST)),
          page("listNodes", NodeView.class, NODE_VIEW),
          answer("getNode", NodeView.class, NODE_VIEW),
          request("putNode", NodeRegistration.class, NODE),
          answer("putNode", NodeView.class, NODE_VIEW),
          request("reportNode", NodeReport.class, NODE_REPORT),
          answer(
              "getNodeDesired",
              NodeDesired.class,
              """
              {"epoch": 4294967301, "complete": true,
               "datasets": [{"digest": "%s", "source": "s3://models/index/2026-11-08T09-00-00/", "bytes": 12582912, "files": 3,
                             "ram": true, "priority": 0}],
               "retain": ["%s"],
               "live": [{"channel": "prod/search/searcher", "release": %s, "epoch": 4294967301, "datasets": %s}],
               "claims": [{"channel": "prod/search/searcher", "budget": {"disk": 107374182400, "ram": 8589934592},
                           "contents": [{"digest": "%s", "bytes": 12582912, "wanted": true, "ram": true}]}]}"""
                  .formatted(DIGEST, DIGEST, SECOND, PLACED, DIGEST)),
          page("listInstances", InstanceView.class, INSTANCE_VIEW),
          answer("getInstance", InstanceView.class, INSTANCE_VIEW),
          request("putInstance", InstanceRegistration.class, INSTANCE),
          answer("putInstance", InstanceView.class, INSTANCE_VIEW),
          request("reportInstance", InstanceReport.class, INSTANCE_REPORT),
          answer(
              "getInstanceDesired",
              InstanceDesired.class,
              """
              {"epoch": 4294967301, "grant": %s}"""
                  .formatted(GRANT)),
          answer(
              "getInstanceEndpoint",
              EndpointView.class,
              """
              {"state": "READY"}"""),
          answer("getChannelState", ChannelState.class, channelState()),
          request("putChannelState", ChannelState.class, channelState()),
          answer("getReleaseState", Release.class, RELEASE),
          request("putReleaseState", Release.class, RELEASE),
          request(
              "putManifest",
              ManifestParts.class,
              """
              {"count": 1}"""),
          answer(
              "forecastUptime",
              UptimeForecast.class,
              """
              {"now": "2026-11-08T09:00:00Z", "enabled": true, "complete": true,
               "workloads": [{"kind": "Deployment", "namespace": "search", "name": "searcher", "channel": "prod/search/searcher",
                              "replicas": 3, "uptime": "Mon-Fri 08:00-19:30 Europe/Berlin", "detail": "up until 19:30"}],
               "steps": [{"at": "2026-11-08T18:30:00Z", "kind": "Deployment", "namespace": "search", "name": "searcher",
                          "what": "DOWN", "replicas": 0}]}"""));

  /** Values of parameters, by name; the name of a channel is called as other things are. */
  private static final Map<String, Object> PARAMETERS =
      Map.ofEntries(
          Map.entry("env", "prod"),
          Map.entry("namespace", "search"),
          Map.entry("name", "searcher"),
          Map.entry("version", "2026-11-08T09-00-00"),
          Map.entry("node", "node-1"),
          Map.entry("instance", "searcher-1"),
          Map.entry("channel", "prod/search/searcher"),
          Map.entry("digest", DIGEST),
          Map.entry("part", 0),
          Map.entry("scope", "eu"),
          Map.entry("sequence", 2),
          Map.entry("since", 0),
          Map.entry("wait", "2s"),
          Map.entry("limit", 100),
          Map.entry("days", 7),
          Map.entry("force", false),
          Map.entry("unless", "READY"),
          Map.entry("at", "2026-11-08T12:00:00+01:00"),
          Map.entry("now", "2026-11-08T12:00:00+01:00"),
          Map.entry("cursor", "cHJvZC9zZWFyY2gvc2VhcmNoZXI"),
          Map.entry("If-Match", "\"42\""),
          Map.entry("Idempotency-Key", "build-1742"),
          Map.entry("Last-Event-ID", "90c1f9f4a7381d44-4"));

  private ApiExamples() {}

  static List<Example> all() {
    return ALL;
  }

  static Optional<Example> of(String operation, String at) {
    return ALL.stream()
        .filter(example -> example.operation().equals(operation) && example.at().equals(at))
        .findFirst();
  }

  static Optional<Object> ofParameter(String name) {
    return Optional.ofNullable(PARAMETERS.get(name));
  }

  /** A problem of that code. */
  static Problem of(ErrorCode code) {
    return Problem.of(code, ErrorSentences.of(code), Map.of());
  }

  private static Example request(String operation, Class<?> type, String json) {
    return new Example(operation, REQUEST, type, false, json);
  }

  private static Example answer(String operation, Class<?> type, String json) {
    return new Example(operation, "200", type, false, json);
  }

  private static Example created(String operation, Class<?> type, String json) {
    return new Example(operation, "201", type, false, json);
  }

  private static Example page(String operation, Class<?> type, String item) {
    return new Example(operation, "200", type, true, "{\"items\": [%s]}".formatted(item));
  }

  private static String channelState() {
    return """
    {"id": "prod/search/searcher", "settings": %s, "head": 2, "lastSequence": 2,
     "releases": [{"sequence": 1}, {"sequence": 2}]}"""
        .formatted(SETTINGS);
  }
}
