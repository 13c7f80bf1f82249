package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The network between a client and a server of this host, which a test can break. Bytes that are
 * held back come later, as those of a network do that lost packets for a while and has them sent
 * again; whoever sent them may have given up by then.
 */
public final class Link implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private enum State {
    WHOLE,
    CUT,
    HELD,
    ANSWERS_HELD
  }

  private enum Direction {
    THERE,
    BACK
  }

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = new HashSet<>();
  private final AtomicLong answered = new AtomicLong();
  private State state = State.WHOLE;

  /**
   * @param target port of the server
   */
  public Link(int target) {
    this.target = target;
    try {
      listening = new ServerSocket();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().name("link").start(this::listen);
  }

  /** Of this end of it, by plain HTTP. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Bytes that the server's side has sent and that were passed on to clients, so far. */
  public long answeredBytes() {
    return answered.get();
  }

  /** Connections break, with all that is on the way, and new ones do until it is mended. */
  public synchronized void cut() {
    become(State.CUT);
    endAll();
  }

  /** Nothing arrives, from now until it is mended; connections stay. */
  public void hold() {
    become(State.HELD);
  }

  /** What is asked arrives, no answer does until it is mended. */
  public void holdAnswers() {
    become(State.ANSWERS_HELD);
  }

  /** What was held back arrives, in its order. */
  public void mend() {
    become(State.WHOLE);
  }

  @Override
  public void close() {
    end(listening);
    cut();
  }

  private synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  private synchronized void endAll() {
    open.forEach(Link::end);
    open.clear();
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        Thread.ofVirtual().name("link-connection").start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var server = new Socket()) {
      join(client);
      join(server);
      awaitPassage(Direction.THERE, client);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      var back =
          Thread.ofVirtual().name("link-back").start(() -> pump(server, client, Direction.BACK));
      pump(client, server, Direction.THERE);
      back.join();
    } catch (IOException broken) {
      // Both ends see it.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void join(Socket socket) throws IOException {
    if (state == State.CUT) {
      throw new IOException("cut");
    }
    open.removeIf(Socket::isClosed);
    open.add(socket);
  }

  private void pump(Socket from, Socket to, Direction direction) {
    var buffer = new byte[BUFFER_BYTES];
    try {
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        awaitPassage(direction, to);
        to.getOutputStream().write(buffer, 0, read);
        if (direction == Direction.BACK) {
          answered.addAndGet(read);
        }
      }
      awaitPassage(direction, to);
      to.shutdownOutput();
    } catch (IOException broken) {
      end(from);
      end(to);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitPassage(Direction direction, Socket socket)
      throws IOException, InterruptedException {
    while (!socket.isClosed() && isHeld(direction)) {
      wait();
    }
    if (socket.isClosed()) {
      throw new IOException("cut");
    }
  }

  private synchronized boolean isHeld(Direction direction) {
    return state == State.HELD || (state == State.ANSWERS_HELD && direction == Direction.BACK);
  }

  private static void end(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception gone) {
      // It was to go.
    }
  }
}
