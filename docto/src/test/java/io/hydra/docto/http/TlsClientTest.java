package io.hydra.docto.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.fakes.RawServer;
import io.hydra.testing.process.Authority;
import io.hydra.testing.process.TlsFront;
import io.hydra.tls.ClientTls;
import io.hydra.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over TLS, also through a proxy's tunnel. */
class TlsClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static Authority authority;
  private static Authority.Issued certificate;

  @BeforeAll
  static void issue(@TempDir Path directory) {
    authority = new Authority(directory, "authority");
    certificate = authority.serverOf("server", "dns:localhost,dns:s3.test,ip:127.0.0.1");
  }

  @Test
  void givenManyAnswersThenOneConnectionIsUsed() throws IOException {
    try (var server = RawServer.answering(OK);
        var front = front(server, certificate);
        var client = client(LONG, Map.of())) {
      for (int i = 0; i < 3; i++) {
        get(client, Origin.of(front.url()));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void givenALargeBodyThenEveryByteIsRight() throws IOException {
    var body = new byte[300_000];
    new Random(3).nextBytes(body);
    try (var server =
            new RawServer(
                talk -> {
                  talk.request();
                  talk.send("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n");
                  talk.send(body);
                });
        var front = front(server, certificate);
        var client = client(LONG, Map.of());
        var response = client.get(new Request(Origin.of(front.url()), "/", List.of()))) {
      var into = ByteBuffer.allocateDirect(body.length);
      while (into.hasRemaining()) {
        assertThat(response.read(into)).isPositive();
      }
      var came = new byte[body.length];
      into.flip().get(came);
      assertThat(came).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAnInterruptThenTheConnectionEndsAtOnce(boolean virtual) throws Exception {
    var ended = new CountDownLatch(1);
    try (var server =
            new RawServer(
                talk -> {
                  talk.request();
                  talk.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
                  try {
                    talk.stall();
                  } finally {
                    ended.countDown();
                  }
                });
        var front = front(server, certificate);
        var client = client(LONG, Map.of())) {
      var began = new CountDownLatch(1);
      var thread =
          (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon())
              .start(
                  () -> {
                    try (var response =
                        client.get(new Request(Origin.of(front.url()), "/", List.of()))) {
                      var into = ByteBuffer.allocate(9);
                      began.countDown();
                      while (response.read(into) >= 0) {
                        // Until it is stopped.
                      }
                    } catch (IOException stopped) {
                      // As it should be.
                    }
                  });
      began.await();
      thread.interrupt();
      assertThat(thread.join(LONG)).isTrue();
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void givenACertificateOfAnotherHostThenNothingIsSent() {
    var other = authority.server("other", "other.test");
    try (var server = RawServer.answering(OK);
        var front = front(server, other);
        var client = client(LONG, Map.of())) {
      assertThatThrownBy(() -> get(client, Origin.of(front.url())))
          .isInstanceOf(IOException.class)
          .satisfies(
              failure ->
                  assertThat(files().why(failure).orElseThrow())
                      .contains("is for 'other.test', not for '127.0.0.1'"));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void givenAHandshakeThatStallsThenTheLimitIsNamed() {
    try (var server = new RawServer(RawServer.Talk::stall);
        var client = client(SHORT, Map.of())) {
      assertThatThrownBy(() -> get(client, new Origin(true, "127.0.0.1", server.port())))
          .isInstanceOf(TimeLimitExceeded.class)
          .hasMessage("no end of the TLS handshake for 150 ms");
    }
  }

  @Test
  void givenPlainHttpThereThenThatIsSaid() {
    try (var server =
            new RawServer(
                talk -> {
                  talk.send("HTTP/1.1 400 Bad Request\r\n\r\n");
                  talk.stall();
                });
        var client = client(LONG, Map.of())) {
      assertThatThrownBy(() -> get(client, new Origin(true, "127.0.0.1", server.port())))
          .satisfies(
              failure ->
                  assertThat(files().why(failure).orElseThrow()).contains("does not speak TLS"));
    }
  }

  @Test
  void givenNoTlsIsConfiguredThenASecureOriginIsRefused() {
    try (var client = new HttpClient(limits(LONG), new Proxies(Map.of()), Optional.empty())) {
      assertThatThrownBy(() -> get(client, new Origin(true, "127.0.0.1", 1)))
          .hasMessage("no TLS is configured for https://127.0.0.1:1");
    }
  }

  @Test
  void givenAProxyThenATunnelIsOpenedAndTheNameIsTheServers() throws IOException {
    try (var server = RawServer.answering(OK);
        var front = front(server, certificate);
        var proxy = new RawServer(talk -> tunnel(talk, Origin.of(front.url()).port()));
        var client =
            client(LONG, Map.of("https_proxy", "http://me:secret@127.0.0.1:" + proxy.port()))) {
      for (int i = 0; i < 2; i++) {
        get(client, new Origin(true, "s3.test", 443));
      }
      assertThat(proxy.requests())
          .containsExactly(
              "CONNECT s3.test:443 HTTP/1.1\r\nHost: s3.test:443\r\n"
                  + "Proxy-Authorization: Basic bWU6c2VjcmV0");
      assertThat(server.requests().getFirst()).contains("Host: s3.test").doesNotContain("Proxy");
    }
  }

  @Test
  void givenAProxyThatRefusesThenThatIsSaid() {
    try (var proxy =
            RawServer.answering(
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        var client = client(LONG, Map.of("https_proxy", "127.0.0.1:" + proxy.port()))) {
      assertThatThrownBy(() -> get(client, new Origin(true, "s3.test", 443)))
          .hasMessageContaining(
              "opens no tunnel to s3.test:443: HTTP status 407, it wants other credentials");
    }
  }

  @Test
  void givenAProxyThatSaysMoreThanItMayOrNothingThenItIsRefused() {
    try (var eager = RawServer.answering("HTTP/1.1 200 OK\r\n\r\nand more");
        var silent = new RawServer(RawServer.Talk::stall);
        var first = client(LONG, Map.of("https_proxy", "127.0.0.1:" + eager.port()));
        var second = client(SHORT, Map.of("https_proxy", "127.0.0.1:" + silent.port()))) {
      var origin = new Origin(true, "s3.test", 443);
      assertThatThrownBy(() -> get(first, origin)).isInstanceOf(AmbiguousAnswer.class);
      assertThatThrownBy(() -> get(second, origin))
          .isInstanceOf(TimeLimitExceeded.class)
          .hasMessageContaining("no tunnel by the proxy");
    }
  }

  private static void tunnel(RawServer.Talk talk, int port) throws IOException {
    talk.request();
    try (var there = new Socket(InetAddress.getLoopbackAddress(), port)) {
      talk.send("HTTP/1.1 200 Connection established\r\n\r\n");
      var back =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      there.getInputStream().transferTo(talk.socket().getOutputStream());
                    } catch (IOException ended) {
                      // As the other side.
                    }
                  });
      talk.socket().getInputStream().transferTo(there.getOutputStream());
      back.interrupt();
    }
  }

  private static TlsFront front(RawServer server, Authority.Issued shown) {
    return new TlsFront(server.port(), authority.context(shown), false);
  }

  private static HttpClient client(Duration limit, Map<String, String> environment) {
    return new HttpClient(limits(limit), new Proxies(environment), Optional.of(files().tls()));
  }

  private static TimeLimits limits(Duration limit) {
    return new TimeLimits(LONG, limit, limit, limit);
  }

  private static ClientTls files() {
    return ClientTls.of(
        "hydra.s3.tls",
        new TlsFiles() {
          @Override
          public Optional<Path> caFile() {
            return Optional.of(authority.file());
          }

          @Override
          public Optional<Path> certificateFile() {
            return Optional.empty();
          }

          @Override
          public Optional<Path> keyFile() {
            return Optional.empty();
          }
        });
  }

  private static void get(HttpClient client, Origin origin) throws IOException {
    try (var response = client.get(new Request(origin, "/key", List.of()))) {
      var into = ByteBuffer.allocate(10);
      assertThat(response.read(into)).isEqualTo(2);
      assertThat(new String(into.array(), 0, 2, US_ASCII)).isEqualTo("ok");
    }
  }
}
