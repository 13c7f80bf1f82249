package io.hydra.manager.packaged;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.api.ChannelsApi;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.testing.history.Call;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** Asks one manager after another until it is answered as it wishes. */
final class PatientClient {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(90);

  private final Managers managers;
  private final Path sources;
  private final ObjectMapper json = HydraJson.mapper();

  /**
   * @param sources where it may write files to publish
   */
  PatientClient(Managers managers, Path sources) {
    this.managers = managers;
    this.sources = sources;
  }

  void create(SharedChannel channel) {
    var settings = "{\"retainReleases\": 1000}";
    var unused =
        until(
            () -> managers.send(anyone(), "PUT", channel.path(), settings, Map.of(), PATIENCE),
            PatientClient::isDone);
  }

  /** With one key for all attempts, so that it is one publish. */
  ReleaseRef publish(SharedChannel channel, String content) throws IOException {
    var file = Files.writeString(sources.resolve(content), content);
    var body = "{\"template\": {\"d\": {\"SourcePath\": \"file://%s\"}}}".formatted(file);
    var key = Map.of("Idempotency-Key", content);
    var path = channel.path() + "/releases";
    var answer =
        until(
            () -> managers.send(anyone(), "POST", path, body, key, PATIENCE),
            PatientClient::isDone);
    var release = json.readTree(answer.body()).path("release");
    return new ReleaseRef(
        release.path("sequence").asLong(),
        json.treeToValue(release.path("version"), ReleaseVersion.class));
  }

  /** As {@code publish}, as a call of a history. */
  Call publishNoted(SharedChannel channel, String content) throws IOException {
    long start = System.nanoTime();
    var release = publish(channel, content);
    return Call.answered(
        "patient",
        start,
        System.nanoTime(),
        new Call.Publish("file://" + sources.resolve(content)),
        new Call.Published(release.sequence()));
  }

  /** Of all releases, that of sequence number 1 first, as of now. */
  List<String> contents(SharedChannel channel) throws IOException {
    var answer =
        until(
            () -> managers.get(anyone(), channel.path() + "/releases?limit=1000", PATIENCE),
            told -> isDone(told) && told.headers().firstValue(ChannelsApi.STALE).isEmpty());
    var contents = new ArrayList<String>();
    json.readTree(answer.body())
        .path("items")
        .forEach(item -> contents.addFirst(item.at("/release/datasets/0/source").asText()));
    return contents;
  }

  private static boolean isDone(HttpResponse<String> answer) {
    return answer.statusCode() / 100 == 2;
  }

  private static HttpResponse<String> until(
      Callable<HttpResponse<String>> call, Predicate<HttpResponse<String>> wanted) {
    return await()
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(call, wanted);
  }

  private int anyone() {
    return ThreadLocalRandom.current().nextInt(managers.count());
  }
}
