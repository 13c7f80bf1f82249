package io.hydra.manager.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.api.ChannelsApi;
import io.hydra.testing.history.Call;
import io.hydra.testing.history.Call.Answer;
import io.hydra.testing.history.Call.Operation;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Does with one channel what chance tells it, by any of the managers, and notes what it is told.
 */
final class ChannelClient implements Callable<List<Call>> {
  /** Less than what is asked of a manager that pauses would take. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int ATTEMPTS = 3;
  private static final int FEWEST = 5;

  /** The time to check a history grows with the number of calls. */
  private static final int MOST = 14;

  private static final int MOST_THOUGHT_MILLIS = 120;

  /** Before the next call, where one was in vain. */
  private static final int MOST_PAUSE_MILLIS = 400;

  private final String name;
  private final Managers managers;
  private final SharedChannel channel;
  private final Path sources;
  private final Random random;
  private final BooleanSupplier over;
  private final ObjectMapper json = HydraJson.mapper();
  private final List<Call> calls = new ArrayList<>();

  /**
   * @param over what goes on meanwhile; it acts as long
   */
  ChannelClient(
      String name,
      Managers managers,
      SharedChannel channel,
      Path sources,
      Random random,
      BooleanSupplier over) {
    this.name = name;
    this.managers = managers;
    this.channel = channel;
    this.sources = sources;
    this.random = random;
    this.over = over;
  }

  @Override
  public List<Call> call() throws IOException, InterruptedException {
    for (int i = 0; answered() < FEWEST || (calls.size() < MOST && !over.getAsBoolean()); i++) {
      think(MOST_THOUGHT_MILLIS);
      long before = answered();
      act(i);
      if (answered() == before) {
        think(MOST_PAUSE_MILLIS);
      }
    }
    return calls;
  }

  private void think(int mostMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
  }

  private long answered() {
    return calls.stream().filter(call -> call.answer().isPresent()).count();
  }

  private void act(int i) throws IOException, InterruptedException {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> publish("%s-%s-%d".formatted(channel.name(), name, i));
      case 4 -> rollback(Optional.empty());
      case 5 -> rollback(channel.anyKnown(random));
      case 6 -> pin();
      case 7 -> change(new Call.Unpin(), "DELETE", "/pin", "");
      case 8, 9 -> read(new Call.ReadReleases(), channel.path() + "/releases?limit=1000");
      default -> read(new Call.ReadChannel(), channel.path());
    }
  }

  /** Tries again with the same key, so that it is one publish whichever attempt has done it. */
  private void publish(String content) throws IOException, InterruptedException {
    var file = Files.writeString(sources.resolve(content), content);
    var operation = new Call.Publish("file://" + file);
    var body = "{\"template\": {\"d\": {\"SourcePath\": \"%s\"}}}".formatted(operation.content());
    long start = System.nanoTime();
    boolean taken = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        var answer =
            managers.send(
                anyManager(),
                "POST",
                channel.path() + "/releases",
                body,
                Map.of("Idempotency-Key", content),
                PATIENCE);
        if (answer.statusCode() == 200 || answer.statusCode() == 201) {
          note(start, operation, published(answer));
          return;
        }
        requireUnavailable(answer);
        taken = true;
      } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
        // It was not taken up.
      } catch (IOException broken) {
        taken = true;
      }
    }
    if (taken) {
      calls.add(Call.unanswered(name, start, operation));
    }
  }

  private Answer published(HttpResponse<String> answer) throws IOException {
    var release = json.readTree(answer.body()).path("release");
    long sequence = release.path("sequence").asLong();
    channel.learn(sequence, release.path("version").asText());
    return new Call.Published(sequence);
  }

  private void rollback(Optional<Long> to) throws IOException, InterruptedException {
    var body =
        to.map(sequence -> "{\"to\": \"%s\"}".formatted(channel.version(sequence))).orElse("{}");
    change(new Call.Rollback(to), "POST", "/rollback", body);
  }

  private void pin() throws IOException, InterruptedException {
    var sequence = channel.anyKnown(random);
    if (sequence.isEmpty()) {
      return;
    }
    var body = "{\"version\": \"%s\"}".formatted(channel.version(sequence.get()));
    change(new Call.Pin(sequence.get()), "PUT", "/pin", body);
  }

  private void change(Operation operation, String method, String path, String body)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try {
      var answer =
          managers.send(anyManager(), method, channel.path() + path, body, Map.of(), PATIENCE);
      if (answer.statusCode() == 200) {
        note(start, operation, heads(json.readTree(answer.body())));
        return;
      }
      if (isImpossible(answer)) {
        note(start, operation, new Call.Impossible());
        return;
      }
      requireUnavailable(answer);
      calls.add(Call.unanswered(name, start, operation));
    } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
      // It was not taken up.
    } catch (IOException broken) {
      calls.add(Call.unanswered(name, start, operation));
    }
  }

  /** One that is marked as stale may be as old as what that manager has told for certain. */
  private void read(Operation operation, String path) throws InterruptedException {
    int manager = anyManager();
    long start = System.nanoTime();
    try {
      long known = channel.knownBy(manager);
      var answer = managers.get(manager, path, PATIENCE);
      boolean stale = answer.headers().firstValue(ChannelsApi.STALE).isPresent();
      if (answer.statusCode() == 503 || (answer.statusCode() == 404 && stale)) {
        // It stops, or has not heard of the channel.
        return;
      }
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            "a read is answered %d: %s".formatted(answer.statusCode(), answer.body()));
      }
      note(stale ? known : start, operation, told(operation, json.readTree(answer.body())));
      if (!stale) {
        channel.isKnownBy(manager, start);
      }
    } catch (IOException broken) {
      // Nobody was told anything.
    }
  }

  private Answer told(Operation operation, JsonNode body) {
    return operation instanceof Call.ReadReleases ? releases(body) : heads(body);
  }

  private static Answer heads(JsonNode view) {
    return new Call.Heads(view.at("/head/sequence").asLong(), view.at("/pin/sequence").asLong());
  }

  private Answer releases(JsonNode page) {
    long head = 0;
    long pin = 0;
    var rejected = new HashSet<Long>();
    for (var item : page.path("items")) {
      long sequence = item.at("/release/sequence").asLong();
      channel.learn(sequence, item.at("/release/version").asText());
      head = item.path("head").asBoolean() ? sequence : head;
      pin = item.path("pinned").asBoolean() ? sequence : pin;
      if (item.hasNonNull("rejected")) {
        rejected.add(sequence);
      }
    }
    var newest = page.at("/items/0/release");
    return new Call.Releases(
        head,
        pin,
        newest.path("sequence").asLong(),
        newest.at("/datasets/0/source").asText(),
        rejected);
  }

  private static boolean isImpossible(HttpResponse<String> answer) {
    return answer.body().contains("UNKNOWN_RELEASE") || answer.body().contains("INVALID_REQUEST");
  }

  private static void requireUnavailable(HttpResponse<String> answer) {
    if (answer.statusCode() != 503) {
      throw new AssertionError(
          "a change is answered %d: %s".formatted(answer.statusCode(), answer.body()));
    }
  }

  private void note(long start, Operation operation, Answer answer) {
    calls.add(Call.answered(name, start, System.nanoTime(), operation, answer));
  }

  private int anyManager() {
    return random.nextInt(managers.count());
  }
}
