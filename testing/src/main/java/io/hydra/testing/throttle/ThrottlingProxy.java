package io.hydra.testing.throttle;

import io.hydra.testing.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before an S3 server of this host, by plain HTTP, and answers {@code 503 SlowDown} to what
 * is more than so many requests a second, without asking the server. It knows requests without
 * bodies only.
 */
public final class ThrottlingProxy implements AutoCloseable {
  /** Of what is let through in a second, so much may come at once. */
  private static final int BURSTS_A_SECOND = 10;

  /** Clients make all of their connections at once. */
  private static final int BACKLOG = 1024;

  private final ServerSocket listening;
  private final int target;
  private final TokenBucket bucket;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * Requests so far.
   *
   * @param passed on to the server
   * @param refused by 503
   */
  public record Tally(long passed, long refused) {
    public Tally since(Tally before) {
      return new Tally(passed - before.passed, refused - before.refused);
    }
  }

  /**
   * Takes connections from now on.
   *
   * @param target port of the server
   * @param requestsPerSecond that it lets through; a tenth of it at once after a pause
   */
  public ThrottlingProxy(int target, int requestsPerSecond) {
    this(target, new TokenBucket(requestsPerSecond, burst(requestsPerSecond), System::nanoTime));
  }

  ThrottlingProxy(int target, TokenBucket bucket) {
    this.target = target;
    this.bucket = bucket;
    try {
      listening = new ServerSocket();
      listening.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), BACKLOG);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().name("throttle").start(this::listen);
  }

  /** How many requests may come at once after a pause. */
  public static int burst(int requestsPerSecond) {
    return Math.max(1, requestsPerSecond / BURSTS_A_SECOND);
  }

  /** That clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  public Tally tally() {
    return new Tally(passed.get(), refused.get());
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        clients.add(client);
        Thread.ofVirtual().name("throttle-connection").start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var connection = new ClientConnection(client, target, this::letsThrough)) {
      client.setTcpNoDelay(true);
      connection.serve();
    } catch (IOException broken) {
      // Both ends see it.
    } finally {
      clients.remove(client);
    }
  }

  private boolean letsThrough() {
    boolean through = bucket.take();
    (through ? passed : refused).incrementAndGet();
    return through;
  }

  @Override
  public void close() {
    end(listening);
    clients.forEach(ThrottlingProxy::end);
  }

  private static void end(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception gone) {
      // It was to go.
    }
  }
}
