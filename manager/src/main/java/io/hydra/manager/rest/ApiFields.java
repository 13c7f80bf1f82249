package io.hydra.manager.rest;

import io.hydra.error.Problem;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.EndpointView;
import io.hydra.wire.Eviction;
import io.hydra.wire.Explanation;
import io.hydra.wire.Grant;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.InstanceView;
import io.hydra.wire.ManagerInfo;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeOutlook;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.NodeView;
import io.hydra.wire.PublishResult;
import io.hydra.wire.Rejection;
import io.hydra.wire.ReleasePlan;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RolloutView;
import io.hydra.wire.ScopeStatus;
import io.hydra.wire.ScopeView;
import io.hydra.wire.StagedView;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which fields are always there, and what parameters mean, for the OpenAPI document. */
final class ApiFields {
  /** What only answers have: all is there that is not optional. */
  private static final List<Class<? extends Record>> ANSWERS =
      List.of(
          ChannelClaim.class,
          ChannelEvent.class,
          ChannelStatus.class,
          ChannelView.class,
          ClaimedContent.class,
          EndpointView.class,
          Eviction.class,
          Explanation.class,
          Grant.class,
          HeadAt.class,
          HeadChange.class,
          InstanceDesired.class,
          InstanceOutlook.class,
          InstanceView.class,
          ManagerInfo.class,
          NodeDesired.class,
          NodeOutlook.class,
          NodeProgress.class,
          NodeView.class,
          Problem.class,
          PublishResult.class,
          Rejection.class,
          ReleasePlan.class,
          ReleaseView.class,
          RolloutView.class,
          ScopeStatus.class,
          ScopeView.class,
          StagedView.class);

  private static final Map<String, List<String>> REQUIRED = required();

  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("env", "The environment, which names the cluster"),
          Map.entry("namespace", "The namespace of the service"),
          Map.entry("name", "The channel's name: the service's release name"),
          Map.entry("version", "A release's version"),
          Map.entry("node", "A node's name"),
          Map.entry("instance", "An instance's name"),
          Map.entry("channel", "Only those of this channel, env/namespace/name"),
          Map.entry("scope", "A scope of the channel; without it, the channel itself"),
          Map.entry("digest", "The digest that names a dataset's content"),
          Map.entry("part", "Which part of the manifest, counted from 0"),
          Map.entry("sequence", "A release's number in its channel"),
          Map.entry(
              "since", "The newest epoch that the agent knows; an older answer is waited out"),
          Map.entry("wait", "How long to wait for news at most, such as 30s"),
          Map.entry("limit", "How many to list at most, 1 to 1000"),
          Map.entry("cursor", "Where to go on: what the page before said is next"),
          Map.entry("days", "How far to look ahead"),
          Map.entry("force", "Whether it is forgotten although it is connected"),
          Map.entry("unless", "A state that is not waited in"),
          Map.entry("at", "A time in ISO 8601, with an offset"),
          Map.entry("now", "The time to begin with, in ISO 8601; the manager's own without it"),
          Map.entry(
              "If-Match",
              "The ETag of what is to be changed, so that nothing newer is overwritten"),
          Map.entry(
              "Idempotency-Key",
              "Names the request, so that it is done once however often it is sent"),
          Map.entry("Last-Event-ID", "The id of the last event that was heard"));

  private ApiFields() {}

  private static Map<String, List<String>> required() {
    var required = new HashMap<String, List<String>>();
    ANSWERS.forEach(type -> required.put(type.getSimpleName(), alwaysThere(type)));
    Stream.of(Release.class, ReleaseDataset.class, ReleaseRef.class)
        .forEach(type -> required.put(type.getSimpleName(), alwaysThere(type)));
    required.put("PinRequest", List.of("version"));
    required.put("RejectRequest", List.of("version"));
    required.put("RepublishRequest", List.of("version"));
    required.put("PublishRequest", List.of("template"));
    required.put("Scope", List.of("name", "nodeSelector"));
    required.put("NodeRegistration", List.of("name", "labels", "dataRoot", "agentVersion"));
    required.put("InstanceRegistration", List.of("id", "channel", "node"));
    return required;
  }

  private static List<String> alwaysThere(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getType() != Optional.class)
        .map(RecordComponent::getName)
        .toList();
  }

  /** Of the schema of that name; empty where nothing has to be there. */
  static List<String> requiredOf(String schema) {
    return schema.startsWith("Page") ? List.of("items") : REQUIRED.getOrDefault(schema, List.of());
  }

  static Optional<String> meaningOf(String parameter) {
    return Optional.ofNullable(PARAMETERS.get(parameter));
  }
}
