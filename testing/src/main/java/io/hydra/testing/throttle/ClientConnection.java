package io.hydra.testing.throttle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A client's connection, and the one to the server that its requests take, both kept. */
final class ClientConnection implements AutoCloseable {
  /** A head and a small body leave together; large bodies are not gathered. */
  private static final int BUFFER_BYTES = 16 * 1024;

  private final HttpInput in;
  private final OutputStream out;
  private final int target;
  private final BooleanSupplier letsThrough;
  private Optional<ServerConnection> server = Optional.empty();

  /**
   * @param target port of the server
   * @param letsThrough decides of each request
   */
  ClientConnection(Socket client, int target, BooleanSupplier letsThrough) throws IOException {
    in = new HttpInput(client.getInputStream());
    out = new BufferedOutputStream(client.getOutputStream(), BUFFER_BYTES);
    this.target = target;
    this.letsThrough = letsThrough;
  }

  /**
   * Answers requests until one side ends it.
   *
   * @throws IOException where it ends within a request
   */
  void serve() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      var request = in.head();
      goesOn = request.isPresent() && answer(request.get()) && !request.get().closes();
      out.flush();
    }
  }

  /** False where the connection is to end. */
  private boolean answer(HttpHead request) throws IOException {
    if (request.isChunked() || request.length().orElse(0) > 0) {
      throw new ProtocolException("requests with bodies are not known here");
    }
    if (!letsThrough.getAsBoolean()) {
      out.write(SlowDown.to(request));
      return true;
    }
    var answer = ask(request);
    return server.orElseThrow().pass(request, answer, out);
  }

  private HttpHead ask(HttpHead request) throws IOException {
    if (server.isPresent()) {
      try {
        return server.get().ask(request);
      } catch (IOException endedMeanwhile) {
        close();
      }
    }
    var connected = new ServerConnection(target);
    server = Optional.of(connected);
    return connected.ask(request);
  }

  /** Ends that to the server. */
  @Override
  public void close() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
  }
}
