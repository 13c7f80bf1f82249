package io.hydra.examples.textanalysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerTest {
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        new Server(new Catalogue(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void givenNothingLoaded_whenAskedForReadiness_thenItIsNotReady() throws Exception {
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(post("/analyze", "Hello there.").statusCode()).isEqualTo(503);
  }

  @Test
  void givenALoad_whenATextIsPosted_thenTheAnswerNamesItsRelease() throws Exception {
    assertThat(post("/reload", load(ReleaseFixture.old())).statusCode()).isEqualTo(200);

    var answer = read(post("/analyze", "The fox sleeps."));

    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(answer.path("release").asText()).isEqualTo("2026-11-01T09-00-00");
    assertThat(answer.path("sequence").asLong()).isEqualTo(1);
    assertThat(answer.path("sentences").path(0).path("tokens").path(1).path("tag").asText())
        .isEqualTo("NOUN");
  }

  @Test
  void givenALoad_whenAskedWhatIsLoaded_thenEachDatasetHasItsDigest() throws Exception {
    post("/reload", load(ReleaseFixture.newer()));

    var datasets = read(get("/loaded")).path("datasets");

    assertThat(datasets.path("pos").asText()).isEqualTo("pos-new");
    assertThat(datasets.path("langdetect").asText()).isEqualTo("langdetect-old");
  }

  @Test
  void givenALoad_whenUnloaded_thenNothingIsLoaded() throws Exception {
    post("/reload", load(ReleaseFixture.old()));

    assertThat(post("/reload", "{\"action\":\"unload\"}").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(read(get("/loaded")).path("datasets")).isEmpty();
  }

  @Test
  void givenAnIncompleteRelease_whenLoaded_thenTheAnswerTellsWhy() throws Exception {
    var answer = post("/reload", load(new Release("v", 1, Map.of())));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("langdetect");
  }

  @Test
  void givenMalformedJson_whenPosted_thenItIsABadRequest() throws Exception {
    assertThat(post("/reload", "{").statusCode()).isEqualTo(400);
  }

  @Test
  void givenNoTextInHand_whenAskedForThoseInFlight_thenItIsZero() throws Exception {
    assertThat(get("/in-flight").body()).isEqualTo("0");
  }

  private String load(Release release) throws IOException {
    return json.writeValueAsString(
        Map.of(
            "action",
            "load",
            "release",
            release.version(),
            "sequence",
            release.sequence(),
            "datasets",
            release.datasets()));
  }

  private JsonNode read(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
