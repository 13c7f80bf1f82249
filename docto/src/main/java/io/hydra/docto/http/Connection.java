package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;

/** A connection, used for one request after another by whoever has it. */
final class Connection {
  private static final int MOST_INTERIM = 16;

  private final Route route;
  private final Transport transport;
  private final Alarm alarm;
  private final Inbound in;
  private final long openedAt = System.nanoTime();

  Connection(Route route, Transport transport, Alarm alarm) {
    this.route = route;
    this.transport = transport;
    this.alarm = alarm;
    this.in = new Inbound(transport, alarm);
  }

  Route route() {
    return route;
  }

  /** Nanoseconds since it was made. */
  long age() {
    return System.nanoTime() - openedAt;
  }

  /**
   * Sends a request and receives the head of its answer; where that fails, the connection is
   * closed.
   */
  Head exchange(Request request, TimeLimits limits) throws IOException {
    in.expect();
    try {
      alarm.set("no answer from " + route, limits.head());
      send(request);
      var head = finalHead();
      alarm.off();
      return head;
    } catch (IOException failed) {
      close();
      throw alarm.explained(failed);
    } catch (RejectedExecutionException ended) {
      close();
      throw new IOException("the client is closed", ended);
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** Whether it waits for a request as one does of which nothing is expected. */
  boolean isQuiet() {
    return transport.isQuiet();
  }

  /**
   * With TLS 1.3 a server may refuse this side's certificate only after the handshake. Its alert is
   * there to be read, though writing fails already.
   */
  private void send(Request request) throws IOException {
    try {
      transport.write(ByteBuffer.wrap(request.bytes(route)));
    } catch (IOException broken) {
      try {
        var unused = in.next();
      } catch (SSLException told) {
        told.addSuppressed(broken);
        throw told;
      } catch (IOException nothingMore) {
        broken.addSuppressed(nothingMore);
      }
      in.expect();
      throw broken;
    }
  }

  /** Whether nothing at all has come of the answer that was waited for. */
  boolean isUnanswered() {
    return !in.touched();
  }

  /** What follows the head. */
  Body body(Framing framing, TimeLimits limits) {
    alarm.setForEachWait("no byte from " + route, limits.stall());
    return Body.of(framing, in);
  }

  /** Nothing is waited for; true where it can be used for another request. */
  boolean rest() {
    alarm.off();
    // More than was asked for: the next answer would not be ours.
    return !in.hasMore() && !alarm.hasRung();
  }

  /** For what a body's end still lacks. */
  void hurry(TimeLimits limits) {
    alarm.set("no end of a body from " + route, limits.stall().dividedBy(10));
  }

  void close() {
    alarm.end();
    transport.close();
  }

  private Head finalHead() throws IOException {
    for (int i = 0; i < MOST_INTERIM; i++) {
      var head = new HeadReader(in).head();
      if (head.status() == 101) {
        throw new MalformedAnswer("the answer switches to another protocol");
      }
      if (!head.isInterim()) {
        return head;
      }
    }
    throw new MalformedAnswer("the answer has more than %d interim ones".formatted(MOST_INTERIM));
  }
}
