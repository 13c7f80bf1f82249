package io.hydra.testing.throttle;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection to the server, with one request on its way at a time. */
final class ServerConnection implements AutoCloseable {
  private final Socket socket = new Socket();
  private final HttpInput in;

  /**
   * @param port of a server on this host
   */
  ServerConnection(int port) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setTcpNoDelay(true);
      in = new HttpInput(socket.getInputStream());
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** Returns the head of the answer, whose body is to be passed on next. */
  HttpHead ask(HttpHead request) throws IOException {
    socket.getOutputStream().write(request.bytes());
    return in.head().orElseThrow(() -> new EOFException("the server has closed the connection"));
  }

  /** Passes an answer on; returns whether another request may be made. */
  boolean pass(HttpHead request, HttpHead answer, OutputStream to) throws IOException {
    to.write(answer.bytes());
    if (request.isHeadRequest() || answer.isBodiless()) {
      return !answer.closes();
    }
    if (answer.isChunked()) {
      in.passChunks(to);
      return !answer.closes();
    }
    var length = answer.length();
    if (length.isEmpty()) {
      in.passAll(to);
      return false;
    }
    in.pass(length.getAsLong(), to);
    return !answer.closes();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
