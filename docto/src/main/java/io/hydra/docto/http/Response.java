package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;

/** An answer whose body is still to be read. */
public final class Response implements AutoCloseable {
  private final Connection connection;
  private final ConnectionPool pool;
  private final TimeLimits limits;
  private final Head head;
  private final Framing framing;
  private final Body body;
  private boolean broken;
  private boolean closed;

  Response(
      Connection connection, ConnectionPool pool, TimeLimits limits, Head head, Framing framing) {
    this.connection = connection;
    this.pool = pool;
    this.limits = limits;
    this.head = head;
    this.framing = framing;
    this.body = connection.body(framing, limits);
  }

  public int status() {
    return head.status();
  }

  public Headers headers() {
    return head.headers();
  }

  /** Bytes of the body, where the answer's head tells. */
  public OptionalLong length() {
    return framing instanceof Framing.Length(long bytes)
        ? OptionalLong.of(bytes)
        : OptionalLong.empty();
  }

  /**
   * Reads what there is, at least one byte; -1 at the body's end.
   *
   * @param into with room for at least one byte; a direct one spares a copy
   * @throws PrematureEnd where the connection ends before the body does
   * @throws TimeLimitExceeded where no byte comes for too long
   * @throws MalformedAnswer where the body's end cannot be known
   */
  public int read(ByteBuffer into) throws IOException {
    try {
      return body.read(into);
    } catch (IOException failed) {
      broken = true;
      throw failed;
    }
  }

  /**
   * As much of the body as comes within a tenth of the limit for a stall, in all: for what is only
   * told to people. A failure ends it, too.
   *
   * @param most bytes
   */
  public byte[] readSoon(int most) {
    connection.hurry(limits);
    var bytes = ByteBuffer.allocate(most);
    try {
      int read = 0;
      while (read >= 0 && bytes.hasRemaining()) {
        read = read(bytes);
      }
    } catch (IOException failed) {
      // What came has to do.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Ends it. The connection is used again where the body was read to its end. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!broken && head.keepsAlive() && (body.isComplete() || endsHere())) {
      pool.give(connection);
    } else {
      connection.close();
    }
  }

  /** Of a chunked body that was read as far as it was wanted, the end may still be on its way. */
  private boolean endsHere() {
    if (!(framing instanceof Framing.Chunked)) {
      return false;
    }
    try {
      connection.hurry(limits);
      return body.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException | RejectedExecutionException failed) {
      return false;
    }
  }
}
