package io.hydra.testing.throttle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThrottlingProxyTest {
  private static final String WITH_LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private static final String CHUNKED =
      """
      HTTP/1.1 200 OK\r
      transfer-encoding: chunked\r
      \r
      5;x=y\r
      hello\r
      A\r
      , all well\r
      0\r
      x-trailer: 1\r
      \r
      """;

  private static final String UNTIL_CLOSED = "HTTP/1.1 200 OK\r\nServer: x\r\n\r\nhello";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private volatile String answer = WITH_LENGTH;
  private volatile boolean closes;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    for (var connection : connections) {
      connection.close();
    }
  }

  @Test
  void givenTokens_whenAsked_thenRequestsAndAnswersPassAsTheyAre() throws IOException {
    try (var proxy = proxy(10);
        var client = new Client(proxy)) {
      client.ask("GET /b/one?x=1 HTTP/1.1\r\nHost: h\r\nRange: bytes=0-4\r\n\r\n");

      assertThat(client.read(WITH_LENGTH.length())).isEqualTo(WITH_LENGTH);
      assertThat(asked)
          .containsExactly("GET /b/one?x=1 HTTP/1.1\r\nHost: h\r\nRange: bytes=0-4\r\n\r\n");
      assertThat(proxy.tally()).isEqualTo(new ThrottlingProxy.Tally(1, 0));
    }
  }

  @Test
  void givenChunks_whenAsked_thenTheyPassAndTheConnectionIsKept() throws IOException {
    answer = CHUNKED;
    try (var proxy = proxy(10);
        var client = new Client(proxy)) {
      client.get();
      assertThat(client.read(CHUNKED.length())).isEqualTo(CHUNKED);

      client.get();
      assertThat(client.read(CHUNKED.length())).isEqualTo(CHUNKED);
      assertThat(connections).hasSize(1);
    }
  }

  @Test
  void givenHead_whenAsked_thenNoBodyIsWaitedFor() throws IOException {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    try (var proxy = proxy(10);
        var client = new Client(proxy)) {
      client.ask("HEAD /b/one HTTP/1.1\r\n\r\n");
      assertThat(client.read(answer.length())).isEqualTo(answer);
    }
  }

  @Test
  void givenABodyUntilTheEnd_whenAsked_thenTheClientsConnectionEnds() throws IOException {
    answer = UNTIL_CLOSED;
    closes = true;
    try (var proxy = proxy(10);
        var client = new Client(proxy)) {
      client.get();

      assertThat(client.readAll()).isEqualTo(UNTIL_CLOSED);
    }
  }

  @Test
  void givenTheServerEndsAConnection_whenAskedAgain_thenItIsAskedByAnother() throws IOException {
    closes = true;
    try (var proxy = proxy(10);
        var client = new Client(proxy)) {
      client.get();
      client.read(WITH_LENGTH.length());
      client.get();

      assertThat(client.read(WITH_LENGTH.length())).isEqualTo(WITH_LENGTH);
      assertThat(connections).hasSize(2);
    }
  }

  @Test
  void givenNoTokens_whenAsked_thenItIsRefusedAsS3DoesAndTheServerIsNotAsked() throws IOException {
    try (var proxy = proxy(1);
        var client = new Client(proxy)) {
      client.get();
      client.read(WITH_LENGTH.length());
      client.ask("HEAD /b/one HTTP/1.1\r\n\r\n");
      client.ask("GET /b/one HTTP/1.1\r\nConnection: close\r\n\r\n");

      var heads = client.readAll().split("(?=HTTP/1\\.1 )");
      assertThat(heads).hasSize(2).allMatch(head -> head.startsWith("HTTP/1.1 503 Slow Down\r\n"));
      var parts = heads[1].split("\r\n\r\n");
      assertThat(heads[0]).isEqualTo(parts[0] + "\r\n\r\n");
      assertThat(parts[1])
          .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SlowDown</Code>")
          .endsWith("</Error>");
      assertThat(parts[0]).endsWith("Content-Length: " + parts[1].length());
      assertThat(asked).hasSize(1);
      assertThat(proxy.tally()).isEqualTo(new ThrottlingProxy.Tally(1, 2));
    }
  }

  @Test
  void givenItIsClosed_whenClientsWait_thenTheirConnectionsEnd() throws IOException {
    try (var proxy = proxy(10);
        var client = new Client(proxy)) {
      client.get();
      client.read(WITH_LENGTH.length());
      proxy.close();

      assertThat(client.readAll()).isEmpty();
    }
  }

  /** With a clock that stands still. */
  private ThrottlingProxy proxy(int tokens) {
    return new ThrottlingProxy(server.getLocalPort(), new TokenBucket(1, tokens, () -> 0));
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        var connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new HttpInput(connection.getInputStream());
      do {
        var request = in.head();
        if (request.isEmpty()) {
          return;
        }
        asked.add(request.get().text());
        connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
      } while (!closes);
    } catch (IOException gone) {
      // The proxy went.
    }
  }

  private static final class Client implements AutoCloseable {
    private final Socket socket;

    Client(ThrottlingProxy proxy) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    void get() throws IOException {
      ask("GET /b/one HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    void ask(String request) throws IOException {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    String read(int bytes) throws IOException {
      return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
    }

    String readAll() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
