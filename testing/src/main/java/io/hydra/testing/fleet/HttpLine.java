package io.hydra.testing.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 that is kept, made when it is needed, with one request on its way at a
 * time; more of them wait their turn. Used by the {@link EventLoop}'s thread only.
 */
final class HttpLine {
  private static final byte[] NOTHING = new byte[0];

  private final EventLoop loop;
  private final InetSocketAddress address;
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable Exchange current;
  private ByteBuffer outgoing = ByteBuffer.wrap(NOTHING);
  private byte[] received = NOTHING;

  /** What becomes of a request. */
  interface Outcome {
    void answered(HttpAnswer answer);

    void failed(IOException why);
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Exchange(byte[] request, Outcome outcome) {}

  HttpLine(EventLoop loop, InetSocketAddress address) {
    this.loop = loop;
    this.address = address;
  }

  void send(String method, String path, byte[] body, Outcome outcome) {
    waiting.add(new Exchange(request(method, path, body), outcome));
    if (current == null) {
      next();
    }
  }

  private byte[] request(String method, String path, byte[] body) {
    var head =
        "%s %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n"
            .formatted(
                method,
                path,
                address.getHostString(),
                address.getPort(),
                method.equals("GET")
                    ? ""
                    : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
    var bytes = head.getBytes(StandardCharsets.US_ASCII);
    var all = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    return all;
  }

  private void next() {
    var exchange = waiting.poll();
    if (exchange == null) {
      return;
    }
    current = exchange;
    outgoing = ByteBuffer.wrap(exchange.request());
    try {
      if (channel == null) {
        connect();
      } else {
        write();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void connect() throws IOException {
    var made = SocketChannel.open();
    channel = made;
    made.configureBlocking(false);
    made.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = made.connect(address);
    key =
        made.register(
            loop.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    if (connected) {
      write();
    }
  }

  /** The channel can do what it could not do before. */
  void serve() {
    var ready = key;
    var open = channel;
    if (ready == null || open == null) {
      return;
    }
    try {
      if (ready.isConnectable()) {
        open.finishConnect();
        ready.interestOps(SelectionKey.OP_READ);
        write();
        return;
      }
      if (ready.isWritable()) {
        write();
      }
      if (ready.isValid() && ready.isReadable()) {
        read(open);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void write() throws IOException {
    var open = channel;
    var registered = key;
    if (open == null || registered == null) {
      return;
    }
    open.write(outgoing);
    registered.interestOps(
        outgoing.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  private void read(SocketChannel open) throws IOException {
    var buffer = loop.buffer();
    int count = open.read(buffer);
    if (count < 0) {
      fail(new IOException("the connection was closed"));
      return;
    }
    buffer.flip();
    int before = received.length;
    received = Arrays.copyOf(received, before + buffer.remaining());
    buffer.get(received, before, received.length - before);
    var answer = HttpAnswer.parse(received);
    if (answer.isPresent()) {
      done(answer);
    }
  }

  private void done(Optional<HttpAnswer> answer) {
    received = NOTHING;
    var finished = current;
    current = null;
    answer.filter(HttpAnswer::closes).ifPresent(last -> disconnect());
    if (finished != null) {
      answer.ifPresent(finished.outcome()::answered);
    }
    if (current == null) {
      next();
    }
  }

  /** Ends the connection and the request in hand. */
  void fail(IOException why) {
    disconnect();
    received = NOTHING;
    var failed = current;
    current = null;
    if (failed != null) {
      failed.outcome().failed(why);
    }
    if (current == null) {
      next();
    }
  }

  /** Without a word to whoever waits. */
  void disconnect() {
    var open = channel;
    channel = null;
    key = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException gone) {
        // It is of no use any more.
      }
    }
  }
}
