package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.testing.process.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the JDK's own sockets of TLS. */
class TlsTransportTest {
  private static SSLContext trusted;
  private static SSLContext stranger;

  private final Random random = new Random(7);
  private final ServerSocket listening;
  private final Map<SSLSocket, Socket> belows = new ConcurrentHashMap<>();

  /** What a server does with its one connection. */
  private interface Talk {
    void with(SSLSocket client) throws IOException;
  }

  TlsTransportTest() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @BeforeAll
  static void issue(@TempDir Path directory) {
    var authority = new Authority(directory, "authority");
    trusted = authority.context(authority.serverOf("server", "dns:localhost,ip:127.0.0.1"));
    var other = new Authority(directory, "other");
    stranger = other.context(other.serverOf("stranger", "ip:127.0.0.1"));
  }

  @AfterEach
  void stop() throws IOException {
    listening.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, 1, 1",
    "TLSv1.3, 70000, 100",
    "TLSv1.3, 16384, 16384",
    "TLSv1.3, 70000, 524288",
    "TLSv1.2, 70000, 100",
    "TLSv1.2, 70000, 524288"
  })
  void givenBytesInPiecesOfAnySize_whenTheyAreReadInOthers_thenAllAreRight(
      String protocol, int mostSent, int mostRead) throws Exception {
    var sent = new byte[mostSent == 1 ? 300 : 1_000_000];
    random.nextBytes(sent);
    var server =
        serve(
            client -> {
              for (int at = 0; at < sent.length; ) {
                int length = Math.min(sent.length - at, 1 + random.nextInt(mostSent));
                client.getOutputStream().write(sent, at, length);
                at += length;
              }
              client.close();
            });

    try (var transport = connect(trusted, protocol)) {
      var came = ByteBuffer.allocate(sent.length);
      var sizes = new Random(8);
      while (true) {
        var into = ByteBuffer.allocateDirect(1 + sizes.nextInt(mostRead));
        int read = transport.read(into);
        if (read < 0) {
          break;
        }
        assertThat(read).isPositive().isEqualTo(into.position());
        came.put(into.flip());
      }
      assertThat(came.array()).isEqualTo(sent);
    }
    server.get(20, TimeUnit.SECONDS);
  }

  @Test
  void givenALongRequest_whenItIsWritten_thenTheServerGetsAllOfIt() throws Exception {
    var request = new byte[100_000];
    random.nextBytes(request);
    var server =
        serve(
            client ->
                client.getOutputStream().write(client.getInputStream().readNBytes(request.length)));

    try (var transport = connect(trusted, "TLSv1.3")) {
      transport.write(ByteBuffer.wrap(request));

      assertThat(read(transport, request.length)).isEqualTo(request);
    }
    server.get(20, TimeUnit.SECONDS);
  }

  /** New keys with TLS 1.3, a whole handshake with TLS 1.2. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void givenAServerThatWantsNewKeys_whenBothGoOn_thenEveryByteIsRight(String protocol)
      throws Exception {
    var bytes = new byte[50_000];
    random.nextBytes(bytes);
    var server =
        serve(
            client -> {
              client.getOutputStream().write(bytes);
              client.startHandshake();
              client.getOutputStream().write(bytes);
              assertThat(client.getInputStream().read()).isEqualTo(1);
            });

    try (var transport = connect(trusted, protocol)) {
      assertThat(read(transport, bytes.length)).isEqualTo(bytes);
      assertThat(read(transport, bytes.length)).isEqualTo(bytes);
      transport.write(ByteBuffer.wrap(new byte[] {1}));
      server.get(20, TimeUnit.SECONDS);
    }
  }

  /** Who cuts a connection could else shorten a body that has no length. */
  @Test
  void givenAConnectionThatIsCut_whenRead_thenThatIsNoEnd() throws Exception {
    var server =
        serve(
            client -> {
              client.getOutputStream().write(1);
              below(client).close();
            });

    try (var transport = connect(trusted, "TLSv1.3")) {
      assertThat(read(transport, 1)).containsExactly(1);
      assertThatThrownBy(() -> transport.read(ByteBuffer.allocate(1)))
          .isInstanceOf(PrematureEnd.class);
    }
    server.get(20, TimeUnit.SECONDS);
  }

  @Test
  void givenAStranger_whenConnected_thenItIsRefusedAndHearsWhy() {
    var server =
        serve(
            client ->
                assertThatThrownBy(client.getInputStream()::read)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("alert"));

    assertThatThrownBy(() -> connect(stranger, "TLSv1.3")).isInstanceOf(SSLException.class);

    assertThat(server).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void givenAConnection_whenSomethingComes_thenItIsNotQuiet() throws Exception {
    var go = new CompletableFuture<Void>();
    var server =
        serve(
            client -> {
              client.getOutputStream().write(new byte[] {1, 2});
              go.join();
              client.getOutputStream().write(3);
            });

    try (var transport = connect(trusted, "TLSv1.2")) {
      assertThat(read(transport, 1)).containsExactly(1);
      assertThat(transport.isQuiet()).as("one byte is left").isFalse();
      assertThat(read(transport, 1)).containsExactly(2);
      assertThat(transport.isQuiet()).isTrue();

      go.complete(null);
      await().until(() -> !transport.isQuiet());
    }
    server.get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> serve(Talk talk) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            var plain = listening.accept();
            var secured = (SSLSocket) trusted.getSocketFactory().createSocket(plain, null, true);
            belows.put(secured, plain);
            talk.with(secured);
          } catch (IOException failed) {
            throw new IllegalStateException(failed);
          }
        });
  }

  /** What TLS runs on: closed, it ends without a word of TLS. */
  private Socket below(SSLSocket client) {
    return Objects.requireNonNull(belows.get(client));
  }

  private TlsTransport connect(SSLContext context, String protocol) throws IOException {
    var channel = SocketChannel.open(listening.getLocalSocketAddress());
    var engine = context.createSSLEngine("127.0.0.1", listening.getLocalPort());
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    return TlsTransport.over(new PlainTransport(channel), engine);
  }

  private static byte[] read(TlsTransport transport, int length) throws IOException {
    var into = ByteBuffer.allocate(length);
    while (into.hasRemaining()) {
      assertThat(transport.read(into)).isPositive();
    }
    return into.array();
  }
}
