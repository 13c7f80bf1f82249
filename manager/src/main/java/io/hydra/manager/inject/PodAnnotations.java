package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads what a pod asks for, or names everything that is wrong at once. */
final class PodAnnotations {
  /** As a label, too. */
  static final String INJECT = "hydra/inject";

  static final String CHANNEL = "hydra/channel";
  private static final String PREFIX = "hydra/";
  private static final String RELOAD = "hydra/reload";
  private static final String RELOAD_URL = "hydra/reload-url";
  private static final String SIGNAL = "hydra/signal";
  private static final String CONTAINER = "hydra/container";
  private static final String PORT = "hydra/port";
  private static final SortedMap<String, String> HOOKS =
      sorted(
          Map.of(
              "hydra/loaded-url", "HYDRA_APP_LOADED_URL",
              "hydra/ready-url", "HYDRA_APP_READY_URL",
              "hydra/in-flight-url", "HYDRA_APP_IN_FLIGHT_URL"));
  private static final SortedMap<String, String> DURATIONS =
      sorted(
          Map.of(
              "hydra/drain-settle", "HYDRA_DRAIN_SETTLE",
              "hydra/drain-deadline", "HYDRA_DRAIN_DEADLINE",
              "hydra/reload-deadline", "HYDRA_RELOAD_DEADLINE"));
  private static final Set<String> OTHERS =
      Set.of(INJECT, CHANNEL, RELOAD, RELOAD_URL, SIGNAL, CONTAINER, PORT, "hydra/release");

  /** For workloads, which may well have the same annotations as their pods. */
  private static final String OF_WORKLOADS = "hydra/uptime";

  /** As AppMan takes it. */
  private static final Pattern SIGNAL_NAME = Pattern.compile("[A-Z][A-Z0-9+-]{1,11}|[0-9]{1,2}");

  private static final int LONGEST_SHOWN = 100;
  private static final int LARGEST_PORT = 65_535;

  private final JsonNode pod;
  private final int defaultPort;
  private final List<String> objections = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  private static SortedMap<String, String> sorted(Map<String, String> variables) {
    return new TreeMap<>(variables);
  }

  PodAnnotations(JsonNode pod, int defaultPort) {
    this.pod = pod;
    this.defaultPort = defaultPort;
  }

  Reading read() {
    get(INJECT)
        .or(() -> label(INJECT))
        .filter(value -> !value.equals("true") && !value.equals("required"))
        .ifPresent(value -> object(INJECT, value, "must be \"true\", \"required\" or \"false\""));
    var channel = channel();
    var reload = reload();
    int port = port();
    var settings = new LinkedHashMap<String, String>();
    HOOKS.forEach((key, variable) -> url(key).ifPresent(url -> settings.put(variable, url)));
    DURATIONS.forEach(
        (key, variable) -> duration(key).ifPresent(text -> settings.put(variable, text)));
    doubtStrangers();
    if (!objections.isEmpty()) {
      objections.addAll(doubts);
      return new Reading.Objected(objections);
    }
    return new Reading.Understood(
        new Wish(channel.orElseThrow(), reload.orElseThrow(), port, settings), doubts);
  }

  private Optional<ChannelId> channel() {
    var value = get(CHANNEL);
    if (value.isEmpty()) {
      objections.add(
          "annotation %s is missing: the channel whose data the pod needs, written env/namespace/name"
              .formatted(CHANNEL));
      return Optional.empty();
    }
    try {
      return Optional.of(ChannelId.parse(value.get()));
    } catch (HydraException malformed) {
      objections.add("annotation %s: %s".formatted(CHANNEL, malformed.detail()));
      return Optional.empty();
    }
  }

  private Optional<Reload> reload() {
    var mode = get(RELOAD).orElse("watch");
    if (!mode.equals("http") && get(RELOAD_URL).isPresent()) {
      doubts.add("annotation %s is of no use without %s: http".formatted(RELOAD_URL, RELOAD));
    }
    return switch (mode) {
      case "watch" -> Optional.of(new Reload.Watch());
      case "evict", "restart" -> Optional.of(new Reload.Evict());
      case "http" -> http();
      case "signal" -> signal();
      default -> {
        object(RELOAD, mode, "must be http, signal, restart, evict or watch");
        yield Optional.empty();
      }
    };
  }

  private Optional<Reload> http() {
    if (get(RELOAD_URL).isEmpty()) {
      objections.add(
          "annotation %s is missing: %s: http needs the address that loads new data"
              .formatted(RELOAD_URL, RELOAD));
    }
    return url(RELOAD_URL).map(Reload.Http::new);
  }

  private Optional<Reload> signal() {
    var name = get(SIGNAL).orElse("HUP");
    if (!SIGNAL_NAME.matcher(name).matches()) {
      object(SIGNAL, name, "must be a signal's name without SIG, such as HUP, or its number");
    }
    var containers = new ArrayList<String>();
    pod.at("/spec/containers").forEach(one -> containers.add(one.path("name").asText()));
    var container = get(CONTAINER).orElse(containers.isEmpty() ? "" : containers.getFirst());
    if (!containers.contains(container)) {
      object(CONTAINER, container, "must be the name of a container of the pod");
    }
    return Optional.of(new Reload.Signal(name, container));
  }

  private int port() {
    var value = get(PORT);
    if (value.isEmpty()) {
      return defaultPort;
    }
    try {
      int port = Integer.parseInt(value.get());
      if (port > 0 && port <= LARGEST_PORT) {
        return port;
      }
    } catch (NumberFormatException none) {
      // falls through to the one objection for all that is no port
    }
    object(PORT, value.get(), "must be a port, 1 to 65535");
    return defaultPort;
  }

  private Optional<String> url(String key) {
    return get(key).filter(checked(key, "must be an http:// or https:// address", this::isUrl));
  }

  private boolean isUrl(String text) {
    try {
      var uri = URI.create(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private Optional<String> duration(String key) {
    return get(key).filter(checked(key, "must be a duration, such as 5s or 2m", this::isDuration));
  }

  private boolean isDuration(String text) {
    try {
      var duration = Optional.ofNullable(DurationConverter.parseDuration(text));
      return duration.filter(Duration::isPositive).isPresent();
    } catch (RuntimeException notOne) {
      return false;
    }
  }

  private Predicate<String> checked(String key, String rule, Predicate<String> valid) {
    return value -> {
      if (valid.test(value)) {
        return true;
      }
      object(key, value, rule);
      return false;
    };
  }

  /** A mistyped key would otherwise be nothing at all. */
  private void doubtStrangers() {
    pod.at("/metadata/annotations")
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (key.startsWith(PREFIX)
                  && !key.startsWith(OF_WORKLOADS)
                  && !OTHERS.contains(key)
                  && !HOOKS.containsKey(key)
                  && !DURATIONS.containsKey(key)) {
                doubts.add("annotation %s is none that Hydra knows".formatted(shown(key)));
              }
            });
  }

  private void object(String key, String value, String rule) {
    objections.add("annotation %s: '%s' %s".formatted(key, shown(value), rule));
  }

  private Optional<String> get(String key) {
    return text(pod.at("/metadata/annotations").path(key));
  }

  private Optional<String> label(String key) {
    return text(pod.at("/metadata/labels").path(key));
  }

  private static Optional<String> text(JsonNode value) {
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static String shown(String value) {
    return Harmless.text(value, LONGEST_SHOWN);
  }
}
