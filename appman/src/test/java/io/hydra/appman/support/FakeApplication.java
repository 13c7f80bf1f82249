package io.hydra.appman.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.wire.HydraJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An application with all hooks. It notices when it is touched while it may get traffic. */
public final class FakeApplication implements AutoCloseable {
  private final ObjectMapper json = HydraJson.mapper();
  private final FakeServer server =
      new FakeServer((method, uri, _, body) -> answer(method, uri, body));
  private final Set<String> refusedReleases = ConcurrentHashMap.newKeySet();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightAsked = new AtomicInteger();
  private final AtomicInteger readySilences = new AtomicInteger();
  private final AtomicInteger readyAnswers = new AtomicInteger();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile Supplier<Map<String, String>> loaded = Map::of;
  private volatile BooleanSupplier getsTraffic = () -> false;
  private volatile Consumer<String> onEvent = event -> {};
  private volatile int readyStatus = 200;
  private volatile int unloadStatus = 200;

  public String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** Says whether readiness is up; then a reload is a violation. */
  public void watch(BooleanSupplier traffic) {
    getsTraffic = traffic;
  }

  /** Called with "load", "loaded", "ask-loaded", "ask-in-flight", "unload". */
  public void onEvent(Consumer<String> listener) {
    onEvent = listener;
  }

  /** Has what it tells come from elsewhere. */
  public void tell(Supplier<Map<String, String>> digests) {
    loaded = digests;
  }

  public void refuse(String version) {
    refusedReleases.add(version);
  }

  public void inFlight(int requests) {
    inFlight.set(requests);
  }

  public int inFlightAsked() {
    return inFlightAsked.get();
  }

  public void readyStatus(int status) {
    readyStatus = status;
  }

  /** So many questions whether it is ready get no answer at all. */
  public void silentAboutReady(int times) {
    readySilences.set(times);
  }

  /** How many questions whether it is ready were answered. */
  public int readyAnswers() {
    return readyAnswers.get();
  }

  public void unloadStatus(int status) {
    unloadStatus = status;
  }

  /** "load VERSION" and "unload", in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public List<String> violations() {
    return List.copyOf(violations);
  }

  public Map<String, String> loaded() {
    return loaded.get();
  }

  /** Ends and begins again with nothing loaded. */
  public void stop() {
    server.stop();
    loaded = Map::of;
  }

  public void start() {
    server.start();
  }

  private FakeServer.Answer answer(String method, URI uri, byte[] body) throws Exception {
    return switch (uri.getPath()) {
      case "/reload" -> reload(json.readTree(body));
      case "/loaded" -> {
        onEvent.accept("ask-loaded");
        yield text(200, json.writeValueAsString(Map.of("datasets", loaded.get())));
      }
      case "/ready" -> {
        if (readySilences.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          never.await();
        }
        readyAnswers.incrementAndGet();
        yield text(readyStatus, "");
      }
      case "/in-flight" -> {
        inFlightAsked.incrementAndGet();
        onEvent.accept("ask-in-flight");
        yield text(200, Integer.toString(inFlight.get()) + "\n");
      }
      default -> text(404, "no " + method + " " + uri);
    };
  }

  private FakeServer.Answer reload(JsonNode request) {
    if (getsTraffic.getAsBoolean()) {
      violations.add("%s while in traffic".formatted(request));
    }
    if (request.get("action").asText().equals("unload")) {
      calls.add("unload");
      if (unloadStatus == 200) {
        loaded = Map::of;
      }
      onEvent.accept("unload");
      return text(unloadStatus, "");
    }
    var version = request.get("release").asText();
    calls.add("load " + version);
    onEvent.accept("load");
    if (refusedReleases.contains(version)) {
      return text(500, "cannot read the index");
    }
    var digests = new TreeMap<String, String>();
    request
        .get("datasets")
        .properties()
        .forEach(entry -> digests.put(entry.getKey(), entry.getValue().get("digest").asText()));
    loaded = () -> digests;
    onEvent.accept("loaded");
    return text(200, "");
  }

  private static FakeServer.Answer text(int status, String body) {
    return new FakeServer.Answer(status, "text/plain", body);
  }

  @Override
  public void close() {
    server.close();
  }
}
