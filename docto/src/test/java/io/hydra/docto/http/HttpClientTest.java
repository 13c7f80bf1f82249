package io.hydra.docto.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.RawServer;
import io.hydra.docto.http.ConnectionPool.Bounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets. */
class HttpClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Bounds BOUNDS = new Bounds(4, LONG, LONG);

  private final List<HttpClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(HttpClient::close);
  }

  @Test
  void givenOneAnswerAfterAnotherThenOneConnectionIsUsed() throws IOException {
    try (var server = RawServer.answering(OK)) {
      var client = client(LONG);
      for (int i = 0; i < 5; i++) {
        assertThat(get(client, server)).isEqualTo("ok");
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests().getFirst())
          .isEqualTo(
              "GET /path?q=1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nrange: bytes=0-1"
                  .formatted(server.port()));
    }
  }

  @Test
  void givenChunksThatAreReadAsFarAsWantedThenTheConnectionIsUsedAgain() throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")) {
      var client = client(LONG);
      for (int i = 0; i < 3; i++) {
        try (var response = client.get(request(server))) {
          assertThat(response.length()).isEmpty();
          response.read(ByteBuffer.allocate(2));
        }
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, Close\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok, and more that nobody asked for"
      })
  void givenAConnectionThatIsToEndThenItIsNotUsedAgain(String answer) throws IOException {
    try (var server = RawServer.answering(answer)) {
      var client = client(LONG);
      assertThat(get(client, server)).isEqualTo("ok");
      assertThat(get(client, server)).isEqualTo("ok");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void givenHttp10ThatKeepsAliveThenTheConnectionIsUsedAgain() throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: Keep-Alive\r\n\r\nok")) {
      var client = client(LONG);
      get(client, server);
      get(client, server);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void givenABodyThatIsNotReadToItsEndThenTheConnectionIsNotUsedAgain() throws IOException {
    try (var server = RawServer.answering(OK)) {
      var client = client(LONG);
      client.get(request(server)).close();
      get(client, server);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void givenAServerThatClosesIdleConnectionsThenAFreshOneIsTried() throws IOException {
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send(OK);
            })) {
      var client = client(LONG);
      for (int i = 0; i < 20; i++) {
        assertThat(get(client, server)).isEqualTo("ok");
      }
      assertThat(server.connections()).isEqualTo(20);
    }
  }

  @Test
  void givenAServerThatTakesTheRequestAndResetsThenItIsTriedAgainOnceOnly() {
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              if (talk.number() == 1) {
                talk.send(OK);
                talk.request();
              }
              talk.reset();
            })) {
      var client = client(LONG);
      assertThatThrownBy(
              () -> {
                get(client, server);
                get(client, server);
              })
          .isInstanceOf(IOException.class);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void givenTheBeginningOfAnAnswerOnAUsedConnectionThenItIsNotTriedAgain() {
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send(OK);
              talk.request();
              talk.send("H");
            })) {
      var client = client(LONG);
      assertThatThrownBy(
              () -> {
                get(client, server);
                get(client, server);
              })
          .isInstanceOf(PrematureEnd.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void givenInterimAnswersThenTheyAreReadOver() throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\n" + OK)) {
      assertThat(get(client(LONG), server)).isEqualTo("ok");
    }
  }

  @Test
  void givenInterimAnswersWithoutEndOrAnotherProtocolThenItIsRefused() {
    try (var endless = RawServer.answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(20));
        var other = RawServer.answering("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n")) {
      assertThatThrownBy(() -> get(client(LONG), endless)).isInstanceOf(MalformedAnswer.class);
      assertThatThrownBy(() -> get(client(LONG), other)).isInstanceOf(MalformedAnswer.class);
    }
  }

  @Test
  void givenNoAnswerThenTheLimitIsNamed() {
    try (var server = new RawServer(RawServer.Talk::stall)) {
      assertThatThrownBy(() -> get(client(SHORT), server))
          .isInstanceOf(TimeLimitExceeded.class)
          .hasMessage("no answer from 127.0.0.1:%d for 150 ms".formatted(server.port()));
    }
  }

  @Test
  void givenAHeadThatComesByDropsThenTheLimitIsForAllOfIt() {
    var drops = new AtomicInteger();
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send("HTTP/1.1 200 OK\r\nA: ");
              talk.socket().setSoTimeout(20);
              while (!talk.socket().isClosed()) {
                talk.send("x");
                drops.incrementAndGet();
                try {
                  if (talk.socket().getInputStream().read() < 0) {
                    return;
                  }
                } catch (java.net.SocketTimeoutException next) {
                  // Another drop.
                }
              }
            })) {
      assertThatThrownBy(() -> get(client(SHORT), server)).isInstanceOf(TimeLimitExceeded.class);
      assertThat(drops).hasPositiveValue();
    }
  }

  @Test
  void givenABodyThatStallsThenTheLimitIsNamed() {
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
              talk.stall();
            })) {
      assertThatThrownBy(() -> get(client(SHORT), server))
          .isInstanceOf(TimeLimitExceeded.class)
          .hasMessageStartingWith("no byte from ");
    }
  }

  @Test
  void givenAReaderThatTakesItsTimeThenThatIsNoStall() throws Exception {
    try (var server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      try (var response = client(SHORT).get(request(server))) {
        var into = ByteBuffer.allocate(1);
        response.read(into);
        // It is the passing of time that is looked at.
        Thread.sleep(SHORT.multipliedBy(3));
        assertThat(response.read(into.clear())).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAnInterruptThenTheConnectionEndsAtOnce(boolean virtual) throws Exception {
    var served = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
              served.countDown();
              try {
                talk.stall();
              } finally {
                // Also where it is reset, as something has come that nobody read.
                ended.countDown();
              }
            })) {
      var thrown = new AtomicReference<Throwable>();
      var client = client(LONG);
      var thread =
          (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon())
              .start(
                  () -> {
                    try {
                      get(client, server);
                    } catch (Throwable e) {
                      thrown.set(e);
                    }
                  });
      served.await();
      thread.interrupt();
      assertThat(thread.join(LONG)).isTrue();
      ended.await();
      assertThat(thrown.get()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givenIdleConnectionsThenTheyAreClosedAfterAWhile() throws Exception {
    var ended = new CountDownLatch(1);
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send(OK);
              talk.stall();
              ended.countDown();
            })) {
      get(client(LONG, Map.of(), new Bounds(4, SHORT, LONG)), server);
      assertThat(ended.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void givenAConnectionOfAgeThenItIsNotUsedAgain() throws IOException {
    try (var server = RawServer.answering(OK)) {
      var client = client(LONG, Map.of(), new Bounds(4, LONG, Duration.ofNanos(1)));
      get(client, server);
      get(client, server);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void givenMoreConnectionsThanAreKeptThenTheRestIsClosed() throws Exception {
    var ended = new AtomicInteger();
    try (var server =
        new RawServer(
            talk -> {
              talk.request();
              talk.send(OK);
              talk.stall();
              ended.incrementAndGet();
            })) {
      var client = client(LONG, Map.of(), new Bounds(2, LONG, LONG));
      var responses = new ArrayList<Response>();
      for (int i = 0; i < 5; i++) {
        responses.add(client.get(request(server)));
      }
      for (var response : responses) {
        assertThat(text(response)).isEqualTo("ok");
      }
      await().until(() -> ended.get() == 3);
    }
  }

  @Test
  void givenSeveralAddressesThenOneThatAnswersIsFound() throws IOException {
    try (var server = RawServer.answering(OK)) {
      var asked = new AtomicInteger();
      // Nobody listens at the first.
      var client =
          client(
              host -> {
                asked.incrementAndGet();
                return new InetAddress[] {
                  InetAddress.ofLiteral("127.0.0.77"), InetAddress.ofLiteral("127.0.0.1")
                };
              },
              Map.of());
      var origin = new Origin(false, "s3.test", server.port());
      try (var response = client.get(new Request(origin, "/", List.of()))) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(asked).hasValue(1);
      assertThat(server.requests().getFirst()).contains("Host: s3.test:" + server.port());
    }
  }

  @Test
  void givenNoAddressThatAnswersThenAllAreNamed() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var client =
        client(
            host ->
                new InetAddress[] {
                  InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2")
                },
            Map.of());
    var request = new Request(new Origin(false, "s3.test", free), "/", List.of());

    assertThatThrownBy(() -> client.get(request))
        .hasMessageContaining("no connection to s3.test:" + free)
        .hasMessageContaining("127.0.0.1: Connection refused")
        .hasMessageContaining("127.0.0.2: Connection refused");
  }

  @Test
  void givenAnUnknownNameThenItIsNamed() {
    var client =
        client(
            host -> {
              throw new UnknownHostException(host);
            },
            Map.of());
    var request = new Request(new Origin(false, "s3.test", 80), "/", List.of());

    assertThatThrownBy(() -> client.get(request))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("the name 's3.test' is not known");
  }

  @Test
  void givenAProxyThenItIsAskedInAbsoluteFormWithItsCredentials() throws IOException {
    try (var proxy = RawServer.answering(OK)) {
      var client =
          client(LONG, Map.of("http_proxy", "http://me:secret@127.0.0.1:" + proxy.port()), BOUNDS);
      for (int i = 0; i < 2; i++) {
        try (var response =
            client.get(new Request(new Origin(false, "s3.test", 9000), "/k", List.of()))) {
          assertThat(text(response)).isEqualTo("ok");
        }
      }
      assertThat(proxy.connections()).isEqualTo(1);
      assertThat(proxy.requests().getFirst())
          .isEqualTo(
              "GET http://s3.test:9000/k HTTP/1.1\r\nHost: s3.test:9000\r\n"
                  + "Proxy-Authorization: Basic bWU6c2VjcmV0");
    }
  }

  private HttpClient client(Duration limit) {
    return client(limit, Map.of(), BOUNDS);
  }

  private HttpClient client(Duration limit, Map<String, String> environment, Bounds bounds) {
    return kept(
        new HttpClient(
            new TimeLimits(LONG, LONG, limit, limit),
            new Proxies(environment),
            Optional.empty(),
            InetAddress::getAllByName,
            bounds));
  }

  private HttpClient client(Addresses.Resolver resolver, Map<String, String> environment) {
    return kept(
        new HttpClient(
            new TimeLimits(LONG, LONG, LONG, LONG),
            new Proxies(environment),
            Optional.empty(),
            resolver,
            BOUNDS));
  }

  private HttpClient kept(HttpClient client) {
    clients.add(client);
    return client;
  }

  private static Request request(RawServer server) {
    return new Request(
        Origin.of(server.url()), "/path?q=1", List.of(new Headers.Field("range", "bytes=0-1")));
  }

  private static String get(HttpClient client, RawServer server) throws IOException {
    try (var response = client.get(request(server))) {
      return text(response);
    }
  }

  private static String text(Response response) throws IOException {
    try (response) {
      var bytes = new ByteArrayOutputStream();
      var into = ByteBuffer.allocateDirect(64);
      while (response.read(into) >= 0) {
        into.flip();
        while (into.hasRemaining()) {
          bytes.write(into.get());
        }
        into.clear();
      }
      return bytes.toString(ISO_8859_1);
    }
  }
}
