package io.hydra.manager.apiserver;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Tells of all objects of a kind: those that are there, then each change. It lists once, and again
 * only when the server does not remember the version that was seen last. With the server gone, what
 * was told stays in force.
 */
public final class Informer implements ApiServer.Reader {
  private static final Logger LOG = Logger.getLogger(Informer.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int SHORTEST_STREAM_SECONDS = 240;

  /** A server that ends each stream at once must not be asked all the time. */
  private static final Duration BETWEEN_STREAMS = Duration.ofMillis(50);

  /** A stream that has lasted for so long, or told anything, was one. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final ApiServer server;
  private final Followed followed;
  private final Listener listener;
  private final LongSupplier nanoTime;
  private final Set<Name> present = new HashSet<>();
  private Optional<String> version = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private boolean silent;
  private long openedAt;
  private boolean told;
  private volatile boolean upToDate;

  /** Hears of objects that matter, from one thread at a time, which it must not block. */
  public interface Listener {
    /** An object that is new or has changed. */
    void put(ApiObject object);

    /** It is gone, or matters no more. */
    void remove(Name name);

    /** Everything that is there was told. */
    void listed();
  }

  /** A page of a list. */
  @RegisterForReflection
  record Page(ListMetadata metadata, List<ApiObject> items) {}

  /**
   * @param token for the next page; named {@code continue}
   */
  @RegisterForReflection
  record ListMetadata(String resourceVersion, @JsonProperty("continue") Optional<String> token) {}

  /** A line of a stream. */
  @RegisterForReflection
  record Change(String type, JsonNode object) {}

  public Informer(ApiServer server, Followed followed, Listener listener) {
    this(server, followed, listener, System::nanoTime);
  }

  Informer(ApiServer server, Followed followed, Listener listener, LongSupplier nanoTime) {
    this.server = server;
    this.followed = followed;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /** Returns only by interruption. */
  public void run() throws InterruptedException {
    while (true) {
      try {
        if (version.isEmpty()) {
          list();
        }
        follow(version.orElseThrow());
        Thread.sleep(BETWEEN_STREAMS);
      } catch (BrokenOff e) {
        if (wasSteady()) {
          pause = FIRST_PAUSE;
        } else {
          upToDate = false;
          missed(e);
        }
        rest();
      } catch (IOException | RuntimeException e) {
        upToDate = false;
        if (e instanceof ApiRefusal refusal && refusal.isExpired()) {
          LOG.infof("listing %s anew: %s", followed.what(), refusal.getMessage());
          version = Optional.empty();
        } else {
          missed(e);
        }
        rest();
      }
    }
  }

  /**
   * Then its end is as good as any other: a server that is gone shows when it is asked for the next
   * one. One that is quiet is not.
   */
  private boolean wasSteady() {
    return told || nanoTime.getAsLong() - openedAt >= STEADY.toNanos();
  }

  private void rest() throws InterruptedException {
    Thread.sleep(pause.plusMillis(RandomGenerator.getDefault().nextLong(100)));
    pause = longer(pause);
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** Whether everything was told and the server has been answering since. */
  public boolean isUpToDate() {
    return upToDate;
  }

  private void list() throws IOException, InterruptedException {
    var found = new HashSet<Name>();
    var token = "";
    String newest;
    do {
      var page = server.get(followed.page(token), Page.class);
      for (var object : page.items()) {
        put(object);
        found.add(object.name());
      }
      newest = page.metadata().resourceVersion();
      token = page.metadata().token().orElse("");
    } while (!token.isEmpty());
    Set.copyOf(present).stream().filter(name -> !found.contains(name)).forEach(this::remove);
    version = Optional.of(newest);
    listener.listed();
  }

  private void follow(String from) throws IOException, InterruptedException {
    int seconds = SHORTEST_STREAM_SECONDS + RandomGenerator.getDefault().nextInt(60);
    server.follow(followed.changes(from, seconds), this);
  }

  @Override
  public void take(byte[] line) throws IOException {
    var change = server.read(line, Change.class);
    if (change.type().equals("ERROR")) {
      throw new ApiRefusal(
          change.object().path("code").asInt(), change.object().path("message").asText());
    }
    pause = FIRST_PAUSE;
    told = true;
    var seen = change.object().at("/metadata/resourceVersion").asText();
    switch (change.type()) {
      case "ADDED", "MODIFIED" -> put(server.read(change.object(), ApiObject.class));
      case "DELETED" -> remove(server.read(change.object(), ApiObject.class).name());
      default -> LOG.tracef("%s at %s", change.type(), seen);
    }
    version = Optional.of(seen);
  }

  private void put(ApiObject object) {
    if (!followed.matters().test(object)) {
      remove(object.name());
      return;
    }
    present.add(object.name());
    try {
      listener.put(object);
    } catch (RuntimeException e) {
      // One strange object must not keep the others from being told, again and again.
      LOG.errorf(e, "cannot take up %s %s", followed.what(), object.name());
    }
  }

  private void remove(Name name) {
    if (present.remove(name)) {
      listener.remove(name);
    }
  }

  @Override
  public void opened() {
    upToDate = true;
    told = false;
    openedAt = nanoTime.getAsLong();
    if (silent) {
      silent = false;
      LOG.infof("the Kubernetes API server tells of %s again", followed.what());
    }
  }

  /** A refusal is told each time, as it says what has to be done; silence once. */
  private void missed(Exception e) {
    if (!silent || e instanceof ApiRefusal) {
      silent = true;
      LOG.warnf(
          "the Kubernetes API server does not tell of %s; what it told last holds detail=%s",
          followed.what(), server.why(e));
    }
  }
}
