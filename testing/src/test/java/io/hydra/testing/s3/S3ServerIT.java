package io.hydra.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Http;
import io.hydra.testing.stage.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 server can do what our programs ask of one. */
class S3ServerIT {
  private final S3Server server;

  S3ServerIT(@TempDir Path directory) {
    server =
        new S3Server(
            Programs.ofCheckout().s3Libraries(),
            directory.resolve("objects"),
            directory.resolve("log"));
  }

  @BeforeEach
  void start() {
    server.program().start();
    server.program().awaitHealthy(Duration.ofSeconds(60));
    server.bucket().put("a/1/x", "0123456789");
    server.bucket().put("a/2/../y", "hostile");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givenARange_whenRead_thenThatPartIsAnswered() throws IOException {
    var answer = get("/models/a/1/x", "Range", "bytes=2-4");

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo("234");
  }

  @Test
  void givenAnotherEtag_whenRead_thenThePreconditionFails() throws IOException {
    assertThat(get("/models/a/1/x", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
  }

  @Test
  void givenADelimiter_whenListed_thenVersionsAreCommonPrefixes() throws IOException {
    var listing = get("/models?list-type=2&prefix=a/&delimiter=/", "Accept", "*/*").body();

    assertThat(listing).contains("<Prefix>a/1/</Prefix>", "<Prefix>a/2/</Prefix>");
  }

  @Test
  void givenAHostileKey_whenListed_thenItIsThereAsItWasPut() throws IOException {
    assertThat(get("/models?list-type=2&prefix=a/2/", "Accept", "*/*").body())
        .contains("<Key>a/2/../y</Key>");
  }

  private HttpResponse<String> get(String path, String header, String value) throws IOException {
    return Http.send(
        HttpRequest.newBuilder(URI.create(server.endpoint() + path)).header(header, value).build());
  }
}
