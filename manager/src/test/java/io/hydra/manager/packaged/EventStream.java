package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.testing.process.Await;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.HydraJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One connection to a manager's events, and what came on it. */
final class EventStream implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ObjectMapper json = HydraJson.mapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpResponse<InputStream> answer;
  private final List<ChannelEvent> events = new CopyOnWriteArrayList<>();
  private volatile boolean commented;
  private volatile boolean ended;
  private volatile boolean endedCleanly;

  private EventStream(URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address);
    headers.forEach(request::header);
    answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /**
   * @param query with its question mark
   */
  static EventStream open(URI manager, String query, Map<String, String> headers)
      throws IOException, InterruptedException {
    var stream = new EventStream(manager.resolve("/api/v1/events" + query), headers);
    assertThat(stream.answer.statusCode()).isEqualTo(200);
    assertThat(stream.answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    Thread.ofVirtual().start(stream::read);
    return stream;
  }

  static EventStream open(URI manager) throws IOException, InterruptedException {
    return open(manager, "", Map.of());
  }

  static EventStream resume(URI manager, String id) throws IOException, InterruptedException {
    return open(manager, "", Map.of("Last-Event-ID", id));
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
      endedCleanly = true;
    } catch (IOException gone) {
      endedCleanly = false;
    } finally {
      ended = true;
    }
  }

  private void take(String line) throws JsonProcessingException {
    if (line.startsWith("data:")) {
      events.add(json.readValue(line.substring("data:".length()), ChannelEvent.class));
    } else if (line.startsWith(":")) {
      commented = true;
    }
  }

  List<ChannelEvent> events() {
    return events;
  }

  List<EventType> types() {
    return events.stream().map(ChannelEvent::type).toList();
  }

  /** The first event of that type, once it has come. */
  ChannelEvent await(EventType type) {
    return Await.moment(
        () -> "%s among %s".formatted(type, events),
        LONG,
        () -> events.stream().filter(event -> event.type() == type).findFirst());
  }

  void awaitComment() {
    Await.until("a comment comes", LONG, () -> commented);
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether the manager has said that it was all, or else broken off. */
  boolean awaitCleanEnd() {
    Await.until("the stream ends", LONG, () -> ended);
    return endedCleanly;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
