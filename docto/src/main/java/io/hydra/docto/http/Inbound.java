package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What comes in: single bytes for heads from a small buffer, bodies past it. */
final class Inbound {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final Transport transport;
  private final Alarm alarm;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private boolean touched;

  Inbound(Transport transport, Alarm alarm) {
    this.transport = transport;
    this.alarm = alarm;
  }

  /** Another answer is waited for. */
  void expect() {
    touched = false;
  }

  /** Whether any byte of the answer has come. */
  boolean touched() {
    return touched;
  }

  /** Whether something has come that nobody has taken. */
  boolean hasMore() {
    return buffer.hasRemaining();
  }

  /** One byte, -1 at the end. */
  int next() throws IOException {
    if (!buffer.hasRemaining() && !fill()) {
      return -1;
    }
    return buffer.get() & 0xff;
  }

  /**
   * Reads what there is, at least one byte; -1 at the end.
   *
   * @param most bytes to read, at least 1
   */
  int read(ByteBuffer into, long most) throws IOException {
    int limit = into.limit();
    try {
      if (buffer.hasRemaining()) {
        return copy(into, most);
      }
      into.limit(into.position() + (int) Math.min(into.remaining(), most));
      alarm.enter();
      return transport.read(into);
    } catch (IOException failed) {
      throw alarm.explained(failed);
    } finally {
      alarm.leave();
      into.limit(limit);
    }
  }

  private int copy(ByteBuffer into, long most) {
    int given = (int) Math.min(Math.min(into.remaining(), buffer.remaining()), most);
    into.put(buffer.slice(buffer.position(), given));
    buffer.position(buffer.position() + given);
    return given;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    alarm.enter();
    try {
      int read = transport.read(buffer);
      touched |= read > 0;
      return read > 0;
    } catch (IOException failed) {
      throw alarm.explained(failed);
    } finally {
      alarm.leave();
      buffer.flip();
    }
  }
}
