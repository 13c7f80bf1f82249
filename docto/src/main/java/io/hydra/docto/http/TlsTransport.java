package io.hydra.docto.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * TLS over another transport. Of one read come several records, each of which is decrypted where it
 * lies and copied once, to where it is wanted: a socket of the JDK reads twice and copies three
 * times for each.
 */
final class TlsTransport implements Transport {
  /** What is read at once, at most. */
  private static final int RECORDS = 2;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Transport below;
  private final SSLEngine engine;

  /** What has come and was not decrypted yet. */
  private ByteBuffer received;

  /** What was decrypted and nobody has read yet; while that is nothing, room for one record. */
  private ByteBuffer plain;

  private TlsTransport(Transport below, SSLEngine engine) {
    this.below = below;
    this.engine = engine;
    int record = engine.getSession().getPacketBufferSize();
    this.received = ByteBuffer.allocate(RECORDS * record).limit(0);
    this.plain = ByteBuffer.allocate(record).limit(0);
  }

  /**
   * Returns when the handshake is done.
   *
   * @param engine of a client
   * @throws SSLException where one side does not accept the other
   */
  static TlsTransport over(Transport below, SSLEngine engine) throws IOException {
    var secured = new TlsTransport(below, engine);
    try {
      secured.handshake();
    } catch (SSLException refused) {
      secured.tellAlert();
      throw refused;
    }
    return secured;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int begin = into.position();
    while (into.position() == begin && !plain.hasRemaining()) {
      if (!decrypt(into)) {
        return -1;
      }
    }
    // More that is there already; it is not waited for.
    while (fits(into) && decrypted(into).getStatus() == Status.OK) {}
    give(into);
    return into.position() - begin;
  }

  /** Waits for a record, if none is there; false at the end. */
  private boolean decrypt(ByteBuffer into) throws IOException {
    boolean direct = fits(into);
    var result = decrypted(direct ? into : emptied());
    if (!direct) {
      plain.flip();
    }
    return switch (result.getStatus()) {
      case OK -> true;
      case BUFFER_UNDERFLOW -> {
        if (!fill()) {
          throw new PrematureEnd("the connection ended, but TLS on it did not");
        }
        yield true;
      }
      case BUFFER_OVERFLOW -> {
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
        yield true;
      }
      case CLOSED -> false;
    };
  }

  private boolean fits(ByteBuffer into) {
    return !plain.hasRemaining() && into.remaining() >= plain.capacity();
  }

  private ByteBuffer emptied() {
    return plain.clear();
  }

  private void give(ByteBuffer into) {
    int given = Math.min(plain.remaining(), into.remaining());
    into.put(plain.slice(plain.position(), given));
    plain.position(plain.position() + given);
  }

  /** One record, with what the other side may want to be told upon it. */
  private SSLEngineResult decrypted(ByteBuffer target) throws IOException {
    var result = engine.unwrap(received, target);
    if (result.getStatus() == Status.OK) {
      answer(result.getHandshakeStatus());
    }
    return result;
  }

  private void answer(HandshakeStatus wanted) throws IOException {
    for (var next = wanted; ; ) {
      switch (next) {
        case NEED_TASK -> next = doTasks();
        case NEED_WRAP -> next = encrypt(NOTHING).getHandshakeStatus();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private HandshakeStatus doTasks() {
    for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
      task.run();
    }
    return engine.getHandshakeStatus();
  }

  /** Whether anything came. */
  private boolean fill() throws IOException {
    received.compact();
    if (!received.hasRemaining()) {
      received = ByteBuffer.allocate(2 * received.capacity()).put(received.flip());
    }
    try {
      return below.read(received) >= 0;
    } finally {
      received.flip();
    }
  }

  private void handshake() throws IOException {
    engine.beginHandshake();
    for (var next = engine.getHandshakeStatus(); ; ) {
      switch (next) {
        case NEED_TASK -> next = doTasks();
        case NEED_WRAP -> next = encrypt(NOTHING).getHandshakeStatus();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> next = takePart();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private HandshakeStatus takePart() throws IOException {
    var result = engine.unwrap(received, emptied());
    plain.flip();
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        if (!fill()) {
          throw new SSLHandshakeException("the other side ended the handshake");
        }
      }
      case BUFFER_OVERFLOW ->
          plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
      case CLOSED -> throw new SSLHandshakeException("the other side ended the handshake");
      case OK -> {}
    }
    return result.getHandshakeStatus();
  }

  /** What is wrong with the other side, as far as it is there to hear it. */
  private void tellAlert() {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
          && encrypt(NOTHING).bytesProduced() > 0) {}
    } catch (IOException gone) {
      // Nobody is there.
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      answer(encrypt(bytes).getHandshakeStatus());
    }
  }

  /** One record. */
  private SSLEngineResult encrypt(ByteBuffer bytes) throws IOException {
    int record = engine.getSession().getPacketBufferSize();
    boolean free = !plain.hasRemaining() && plain.capacity() >= record;
    var out = free ? emptied() : ByteBuffer.allocate(record);
    try {
      var result = engine.wrap(bytes, out);
      below.write(out.flip());
      if (result.getStatus() != Status.OK && bytes.hasRemaining()) {
        throw new SSLException("TLS takes nothing more: " + result.getStatus());
      }
      return result;
    } finally {
      if (free) {
        plain.clear().limit(0);
      }
    }
  }

  /** Bytes of TLS itself count, too: a fresh connection costs little. */
  @Override
  public boolean isQuiet() {
    return !plain.hasRemaining() && !received.hasRemaining() && below.isQuiet();
  }

  /** Without a goodbye of TLS, which can block. */
  @Override
  public void close() {
    below.close();
  }
}
