package io.hydra.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.testing.process.Http;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Plays the kubelets of nodes that nobody else plays: an AppMan of its own for each pod with the
 * label {@code hydra/played}, whose readiness is the pod's. The application is played, too: it
 * answers that it is ready unless it finds a release that it cannot load.
 */
final class PlayedKubelet implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PlayedKubelet.class.getName());
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(10);

  private final ApiAccess api;
  private final OutsideHydra hydra;
  private final List<String> nodes;
  private final Map<String, String> settings;
  private final HttpServer applications;
  private final Map<String, Program> agents = new ConcurrentHashMap<>();
  private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
  private final Set<String> badVersions = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean startsNothing;
  private volatile Optional<String> hidden = Optional.empty();
  private int addresses = 10;
  private Instant lastHeartbeat = Instant.EPOCH;

  /**
   * Registers the nodes, and begins.
   *
   * @param settings of the AppMans besides those that it knows
   */
  PlayedKubelet(ApiAccess api, OutsideHydra hydra, List<String> nodes, Map<String, String> settings)
      throws IOException {
    this.api = api;
    this.hydra = hydra;
    this.nodes = nodes;
    this.settings = settings;
    for (var node : nodes) {
      api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"%s\"}}".formatted(node));
    }
    applications = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    applications.createContext("/", this::answer);
    applications.start();
    var unused = rounds.scheduleWithFixedDelay(this::round, 0, 150, TimeUnit.MILLISECONDS);
  }

  /** New pods wait, as for an image, say. */
  void startNothing(boolean now) {
    startsNothing = now;
  }

  /** As if the readiness probes of the Deployment's pods took very long to fail. */
  void hideUnreadinessOf(String deployment) {
    hidden = Optional.of(deployment + "-");
  }

  void hideNothing() {
    hidden = Optional.empty();
  }

  /** No application that starts with this version gets ready. */
  void cannotLoad(String version) {
    badVersions.add(version);
  }

  /** Now they do, also those that have been waiting for it. */
  void canLoad(String version) {
    badVersions.remove(version);
  }

  private void round() {
    try {
      beat();
      for (var pod : api.get(PODS + "?labelSelector=hydra/played").path("items")) {
        look(pod);
      }
    } catch (IOException noAnswer) {
      LOG.log(System.Logger.Level.WARNING, "a round has failed: {0}", String.valueOf(noAnswer));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a round has failed", e);
    }
  }

  private void beat() throws IOException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    if (now.isBefore(lastHeartbeat.plus(BETWEEN_HEARTBEATS))) {
      return;
    }
    lastHeartbeat = now;
    for (var node : nodes) {
      api.patch(
          "/api/v1/nodes/" + node + "/status",
          """
          {"status":{"capacity":{"cpu":"8","memory":"64Gi","pods":"110"},
          "allocatable":{"cpu":"8","memory":"64Gi","pods":"110"},
          "conditions":[{"type":"Ready","status":"True","reason":"Played","message":"played",
          "lastHeartbeatTime":"%1$s","lastTransitionTime":"%1$s"}]}}
          """
              .formatted(now));
    }
  }

  private void look(JsonNode pod) throws IOException {
    var name = pod.at("/metadata/name").asText();
    if (pod.at("/metadata").has("deletionTimestamp")) {
      end(name);
      return;
    }
    if (!pod.path("spec").has("nodeName")) {
      return;
    }
    if (!agents.containsKey(name)) {
      begin(name, pod);
      return;
    }
    boolean before = ready.getOrDefault(name, false);
    boolean now = probe(name).orElse(before);
    if (now != before && (now || hidden.filter(name::startsWith).isEmpty())) {
      report(name, now);
    }
  }

  /** Empty where there is no answer in time, as on a busy machine, which is no refusal. */
  private Optional<Boolean> probe(String name) {
    var request = HttpRequest.newBuilder(agent(name).health()).timeout(PROBE_TIMEOUT).build();
    try {
      return Optional.of(Http.send(request).statusCode() == OK);
    } catch (HttpTimeoutException late) {
      return Optional.empty();
    } catch (IOException notThere) {
      return Optional.of(false);
    }
  }

  private Program agent(String name) {
    return Objects.requireNonNull(agents.get(name), name);
  }

  private void begin(String name, JsonNode pod) throws IOException {
    if (startsNothing) {
      return;
    }
    agents.put(name, hydra.appMan(name, pod.at("/spec/nodeName").asText(), flags(name, pod)));
    patch(
        PODS + "/" + name + "/status",
        "{\"status\":{\"podIP\":\"%1$s\",\"podIPs\":[{\"ip\":\"%1$s\"}]}}"
            .formatted("10.242.99." + addresses++));
    report(name, false);
  }

  private Map<String, String> flags(String name, JsonNode pod) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("hydra.drain.settle", "1s");
    flags.put("hydra.drain.deadline", "2m");
    flags.put("hydra.reload.deadline", "15s");
    flags.put("hydra.app.reload", pod.at("/metadata/annotations/hydra~1reload").asText("watch"));
    flags.put(
        "hydra.app.ready-url",
        "http://127.0.0.1:%d/%s".formatted(applications.getAddress().getPort(), name));
    flags.putAll(settings);
    return flags;
  }

  private void report(String name, boolean now) throws IOException {
    var condition = "{\"type\":\"%s\",\"status\":\"%s\"}";
    var value = now ? "True" : "False";
    patch(
        PODS + "/" + name + "/status",
        "{\"status\":{\"phase\":\"Running\",\"conditions\":[%s,%s,%s,%s]}}"
            .formatted(
                condition.formatted("PodScheduled", "True"),
                condition.formatted("Initialized", "True"),
                condition.formatted("ContainersReady", value),
                condition.formatted("Ready", value)));
    ready.put(name, now);
  }

  /**
   * An API server that has just started refuses everybody: what it does not take is tried again.
   */
  private void patch(String path, String body) throws IOException {
    var answer = api.patch(path, body);
    if (answer.status() != OK && answer.status() != NOT_FOUND) {
      throw new IOException("%s: %s".formatted(path, answer));
    }
  }

  private void end(String name) throws IOException {
    var agent = agents.get(name);
    if (agent != null) {
      agent.terminate();
    }
    api.delete(PODS + "/" + name);
  }

  /** As the application of the pod that the path names. */
  private void answer(HttpExchange exchange) throws IOException {
    var pod = exchange.getRequestURI().getPath().substring(1);
    var current = hydra.current(pod);
    boolean good = Files.isSymbolicLink(current) && !isBad(current);
    exchange.sendResponseHeaders(good ? 200 : 503, -1);
    exchange.close();
  }

  private boolean isBad(Path current) throws IOException {
    var target = Files.readSymbolicLink(current).toString();
    return badVersions.stream().anyMatch(target::contains);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    applications.stop(0);
  }
}
