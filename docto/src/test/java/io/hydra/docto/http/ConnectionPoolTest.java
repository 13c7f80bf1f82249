package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.http.ConnectionPool.Bounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Route ROUTE = new Route(new Origin(false, "s3.test", 80), Optional.empty());

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Alarm alarm = new Alarm(timer);
  private final Connection connection =
      new Connection(ROUTE, new ScriptedTransport(new byte[0], () -> 1), alarm);
  private final ConnectionPool pool = new ConnectionPool(new Bounds(2, LONG, LONG), timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void givenAConnectionThatComesAndGoesThenOneSweepIsWaitedFor() {
    for (int i = 0; i < 1000; i++) {
      pool.give(connection);
      assertThat(pool.take(ROUTE)).contains(connection);
    }

    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void givenAnotherRouteThenItHasNoneOfTheseConnections() {
    pool.give(connection);

    assertThat(pool.take(new Route(new Origin(true, "s3.test", 80), Optional.empty()))).isEmpty();
    assertThat(pool.take(new Route(ROUTE.origin(), Optional.of(Proxy.parse("proxy"))))).isEmpty();
    assertThat(pool.take(ROUTE)).contains(connection);
  }

  @Test
  void givenAnAlarmThatRangJustBeforeThenTheConnectionIsNotUsedAgain() {
    var rang = new AtomicBoolean();
    alarm.ends(() -> rang.set(true));
    alarm.set("nothing", Duration.ofMillis(1));
    await().untilTrue(rang);

    pool.give(connection);

    assertThat(pool.take(ROUTE)).isEmpty();
    assertThat(alarm.explained(new IOException("closed")))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("nothing for 1 ms");
  }

  @Test
  void givenThePoolIsClosedThenItKeepsNothing() {
    pool.give(connection);
    pool.close();
    pool.give(connection);

    assertThat(pool.take(ROUTE)).isEmpty();
  }

  /** What came between two answers would be taken for the next one. */
  @Test
  void givenAConnectionOnWhichSomethingHasComeThenItIsNotUsedAgain() {
    var talks = new Connection(ROUTE, new ScriptedTransport(new byte[1], () -> 1), alarm);
    pool.give(connection);
    pool.give(talks);

    assertThat(pool.take(ROUTE)).contains(connection);
    assertThat(pool.take(ROUTE)).isEmpty();
  }

  @Test
  void givenAPlainConnectionThenItIsQuietUntilSomethingComes() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var channel = SocketChannel.open(server.getLocalSocketAddress());
        var toChannel = server.accept()) {
      var plain = new PlainTransport(channel);
      assertThat(plain.isQuiet()).isTrue();
      assertThat(plain.isQuiet()).isTrue();

      toChannel.getOutputStream().write(new byte[] {1, 2});

      await().until(() -> !plain.isQuiet());
    }
  }

  @Test
  void givenAPlainConnectionThatTheServerHasClosedThenItIsNotQuiet() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var channel = SocketChannel.open(server.getLocalSocketAddress())) {
      server.accept().close();

      await().until(() -> !new PlainTransport(channel).isQuiet());
    }
  }
}
