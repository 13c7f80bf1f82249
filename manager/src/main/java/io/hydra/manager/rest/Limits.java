package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Scope;
import io.hydra.wire.NodeRegistration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of each thing the manager takes. Checked where it comes in, and not where it is read
 * from the store: what was taken once must stay readable.
 */
final class Limits {
  private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(7);
  private static final int MOST_NAMESPACES = 256;
  private static final int MOST_WINDOWS = 64;
  private static final int MOST_LABELS = 128;

  /** As Kubernetes': a prefix of 253, a slash and a name of 63. */
  private static final int LONGEST_LABEL = 317;

  private static final int LONGEST_LABEL_VALUE = 253;

  /** Of all labels of a field together: every change of a channel writes its settings anew. */
  private static final int MOST_LABEL_CHARACTERS = 32 * 1024;

  private static final int LONGEST_PATH = 4096;
  private static final int LONGEST_AGENT_VERSION = 127;
  private static final int LONGEST_REASON = 500;

  private Limits() {}

  /**
   * @throws HydraException {@code INVALID_REQUEST} naming the setting and its limit
   */
  static void check(ChannelSettings settings) {
    requireInRange("retainReleases", settings.retainReleases());
    requireInRange("retainOnNode", settings.retainOnNode());
    settings
        .retainFor()
        .ifPresent(d -> requireBetween("retainFor", d, Duration.ZERO, LONGEST_RETENTION));
    settings
        .progressDeadline()
        .ifPresent(
            d -> requireBetween("progressDeadline", d, Duration.ofSeconds(1), LONGEST_DEADLINE));
    settings
        .nodeSelector()
        .ifPresent(
            labels -> {
              requireLabels("nodeSelector", labels);
              requireShort("nodeSelector", Stream.of(labels));
            });
    settings
        .consumerNamespaces()
        .ifPresent(
            names -> requireAtMost("consumerNamespaces", "names", names.size(), MOST_NAMESPACES));
    settings
        .scopes()
        .ifPresent(
            scopes -> {
              requireAtMost("scopes", "scopes", scopes.size(), ChannelSettings.MOST_SCOPES);
              scopes.forEach(scope -> requireLabels("scope " + scope.name(), scope.nodeSelector()));
              requireShort("scopes", scopes.stream().map(Scope::nodeSelector));
            });
    settings
        .uptime()
        .ifPresent(
            uptime -> requireAtMost("uptime", "windows", uptime.windows().size(), MOST_WINDOWS));
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} naming the field and its limit
   */
  static void check(NodeRegistration node) {
    requireLabels("labels", Required.field("labels", node.labels()));
    requireAtMost(
        "dataRoot",
        "characters",
        Required.field("dataRoot", node.dataRoot()).length(),
        LONGEST_PATH);
    requireAtMost(
        "agentVersion",
        "characters",
        Required.field("agentVersion", node.agentVersion()).length(),
        LONGEST_AGENT_VERSION);
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} for a reason that is too long
   */
  static void checkReason(Optional<String> reason) {
    reason.ifPresent(text -> requireAtMost("reason", "characters", text.length(), LONGEST_REASON));
  }

  private static void requireLabels(String field, Map<String, String> labels) {
    requireAtMost(field, "labels", labels.size(), MOST_LABELS);
    labels.forEach(
        (label, value) -> {
          requireAtMost(field + ": a label", "characters", label.length(), LONGEST_LABEL);
          requireAtMost(
              field + ": the value of " + label,
              "characters",
              Required.field(field, value).length(),
              LONGEST_LABEL_VALUE);
        });
  }

  private static void requireShort(String field, Stream<Map<String, String>> selectors) {
    int characters =
        selectors
            .flatMap(labels -> labels.entrySet().stream())
            .mapToInt(label -> label.getKey().length() + label.getValue().length())
            .sum();
    requireAtMost(field, "characters of labels", characters, MOST_LABEL_CHARACTERS);
  }

  private static void requireInRange(String name, Optional<Integer> value) {
    if (value.filter(v -> v < 1 || v > ChannelSettings.MOST_RELEASES).isPresent()) {
      throw invalid("%s must be 1 to %d".formatted(name, ChannelSettings.MOST_RELEASES));
    }
  }

  private static void requireBetween(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw invalid(
          "%s must be %s to %d days"
              .formatted(name, least.isZero() ? "0" : least.toSeconds() + " s", most.toDays()));
    }
  }

  private static void requireAtMost(String name, String unit, int count, int most) {
    if (count > most) {
      throw invalid("%s has %d %s, over the limit of %d".formatted(name, count, unit, most));
    }
  }

  private static HydraException invalid(String detail) {
    return new HydraException(ErrorCode.INVALID_REQUEST, detail);
  }
}
