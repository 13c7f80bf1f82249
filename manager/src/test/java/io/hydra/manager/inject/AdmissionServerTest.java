package io.hydra.manager.inject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.manager.inject.authority.SampleAuthority;
import io.hydra.tls.Identity;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real handshake, real connections; what is answered is another matter. */
class AdmissionServerTest {
  private static final SampleAuthority AUTHORITY = new SampleAuthority();

  private final AtomicReference<Identity> identity =
      new AtomicReference<>(AUTHORITY.issue("127.0.0.1"));
  private final ConcurrentLinkedQueue<Integer> lengths = new ConcurrentLinkedQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private volatile byte[] last = {};
  private final AdmissionServer server = new AdmissionServer(vertx, identity::get, this::answer);
  private final int port;
  private final HttpClient client = AUTHORITY.client();

  AdmissionServerTest() throws Exception {
    port = server.listen(0, "127.0.0.1");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private byte[] answer(byte[] question) throws IOException {
    lengths.add(question.length);
    last = question;
    var text = new String(question, 0, Math.min(question.length, 20), UTF_8);
    return switch (text) {
      case "wrong" -> throw new IOException("no question");
      case "broken" -> throw new IllegalStateException("broken on purpose");
      default -> ("answer to " + text).getBytes(UTF_8);
    };
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> post(HttpClient by, String path, String body) throws Exception {
    return by.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void givenAClientThatTrustsTheAuthority_thenItIsAnsweredByTls13() throws Exception {
    var response = post(client, "/inject?timeout=3s", "question");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("answer to question");
    assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void givenAClientThatTrustsAnother_thenItDoesNotSpeak() {
    try (var stranger = new SampleAuthority().client()) {
      assertThatThrownBy(() -> post(stranger, "/inject", "question"))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void givenAnotherName_thenAClientThatVerifiesItDoesNotSpeak() {
    identity.set(AUTHORITY.issue("elsewhere"));

    assertThatThrownBy(() -> post(client, "/inject", "question")).isInstanceOf(IOException.class);
  }

  @Test
  void givenARehearsal_thenItIsAnAdmissionReviewThatIsAnswered_byWhomItTrusts() throws Exception {
    var rehearsal = new Rehearsal(vertx, "127.0.0.1", port);

    rehearsal.play(AUTHORITY.certificate(), "hydra");

    assertThat(AdmissionReviews.read(last).dryRun()).isTrue();
    assertThatThrownBy(() -> rehearsal.play(new SampleAuthority().certificate(), "hydra"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not answer itself");
  }

  @Test
  void givenANewCertificate_thenTheNextConnectionShowsIt() throws Exception {
    var first = post(client, "/inject", "a");
    identity.set(AUTHORITY.issue("127.0.0.1"));
    try (var next = AUTHORITY.client()) {
      var second = post(next, "/inject", "b");

      assertThat(serial(second)).isNotEqualTo(serial(first));
      assertThat(serial(post(client, "/inject", "c"))).isEqualTo(serial(first));
    }
  }

  private static Object serial(HttpResponse<String> response) throws Exception {
    return ((X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0])
        .getSerialNumber();
  }

  @Test
  void givenWhatIsNoQuestion_thenItIsRefusedAndTheNextOneIsAnswered() throws Exception {
    assertThat(post(client, "/inject", "wrong").statusCode()).isEqualTo(400);
    assertThat(post(client, "/inject", "broken").statusCode()).isEqualTo(500);
    assertThat(post(client, "/other", "a").statusCode()).isEqualTo(404);
    assertThat(
            client
                .send(request("/inject").build(), HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
    assertThat(post(client, "/inject", "a").statusCode()).isEqualTo(200);
  }

  @Test
  void givenABodyThatIsTooLarge_thenItIsRefusedWithoutBeingRead() throws Exception {
    assertThat(post(client, "/inject", "x".repeat(3 << 20)).statusCode()).isEqualTo(200);
    try {
      assertThat(post(client, "/inject", "x".repeat(64 << 20)).statusCode()).isEqualTo(400);
    } catch (IOException closedWhileSending) {
      // As good an answer, where the client was still sending.
    }
    assertThat(lengths).containsExactly(3 << 20);
  }

  @Test
  void givenConnectionsThatSayNothing_thenOthersAreAnswered() throws Exception {
    var silent = IntStream.range(0, 50).mapToObj(i -> connected()).toList();

    assertThat(post(client, "/inject", "a").statusCode()).isEqualTo(200);

    for (var socket : silent) {
      socket.close();
    }
  }

  private Socket connected() {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void givenManyAtOnce_thenAllAreAnswered() {
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    client
                        .sendAsync(
                            request("/inject")
                                .POST(HttpRequest.BodyPublishers.ofString("q".repeat(100_000)))
                                .build(),
                            HttpResponse.BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode))
            .toList();

    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
  }
}
