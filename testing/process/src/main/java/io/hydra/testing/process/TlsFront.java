package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Ends TLS in front of a plain server of a test; it can demand a client certificate. */
public final class TlsFront implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final boolean clientNeeded;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile SSLContext context;

  /**
   * @param target port of the plain server on this host
   * @param clientNeeded whether a client without a certificate that the context trusts is refused
   */
  public TlsFront(int target, SSLContext context, boolean clientNeeded) {
    this.target = target;
    this.context = context;
    this.clientNeeded = clientNeeded;
    try {
      listening = new ServerSocket();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().name("tls-front").start(this::listen);
  }

  public URI url() {
    return url("127.0.0.1");
  }

  /** By another name of this host. */
  public URI url(String host) {
    return URI.create("https://" + host + ":" + listening.getLocalPort());
  }

  /** From now on with another certificate; connections that are open end. */
  public void use(SSLContext next) {
    context = next;
    open.forEach(TlsFront::end);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException gone) {
      // It was to go.
    }
    open.forEach(TlsFront::end);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        var plain = listening.accept();
        open.add(plain);
        Thread.ofVirtual().name("tls-front-connection").start(() -> serve(plain));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket plain) {
    try (var client = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
      client.setUseClientMode(false);
      client.setNeedClientAuth(clientNeeded);
      client.startHandshake();
      try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        open.add(server);
        var back = Thread.ofVirtual().name("tls-front-back").start(() -> pump(server, client));
        pump(client, server);
        back.join();
        open.remove(server);
      }
    } catch (IOException refused) {
      // The client is told by an alert.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(plain);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // As it is for the other side, which sees the end below.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It was to go.
    }
  }
}
