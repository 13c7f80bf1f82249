package io.hydra.docto.fakes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks whatever a test's script says, byte by byte. */
public final class RawServer implements AutoCloseable {
  /** What is done with a connection; it is closed where this ends. */
  @FunctionalInterface
  public interface Script {
    void on(Talk talk) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  public RawServer(Script script) {
    this.script = script;
    try {
      listening = new ServerSocket();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().name("raw-server").start(this::listen);
  }

  /** Answers each request of each connection with the same bytes. */
  public static RawServer answering(String answer) {
    return new RawServer(
        talk -> {
          while (!talk.request().isEmpty()) {
            talk.send(answer);
          }
        });
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Heads of requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Connections so far. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    end(listening);
    open.forEach(RawServer::end);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        var socket = listening.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      script.on(new Talk(socket, number));
    } catch (IOException gone) {
      // The client went.
    } finally {
      open.remove(socket);
    }
  }

  private static void end(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception gone) {
      // It was to go.
    }
  }

  /** One connection. */
  public final class Talk {
    private final Socket socket;
    private final int number;

    Talk(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** Of the connection, from 1. */
    public int number() {
      return number;
    }

    public Socket socket() {
      return socket;
    }

    /** The head of the next request, without its empty line; empty where the client went. */
    public String request() throws IOException {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = socket.getInputStream().read();
        if (b < 0) {
          return "";
        }
        head.append((char) b);
      }
      var request = head.substring(0, head.length() - 4);
      requests.add(request);
      return request;
    }

    public void send(String text) throws IOException {
      send(text.getBytes(ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** Ends the connection by a reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says nothing until the client goes. */
    public void stall() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // It may talk.
      }
    }
  }
}
