package io.hydra.docto.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket that gives streams: of TLS, or the plain one below it before the handshake. */
final class StreamTransport implements Transport {
  /** A record of TLS has at most so many bytes. */
  private static final int PIECE_BYTES = 16 * 1024;

  private final Socket ended;
  private final InputStream in;
  private final OutputStream out;
  private byte @Nullable [] piece;

  /**
   * @param ended is closed for the end: for TLS the plain socket below, as TLS itself would first
   *     say goodbye, which can block
   */
  StreamTransport(Socket socket, Socket ended) throws IOException {
    this.ended = ended;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (into.hasArray()) {
      int read = in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
      into.position(into.position() + Math.max(0, read));
      return read;
    }
    var bytes = piece();
    int read = in.read(bytes, 0, Math.min(bytes.length, into.remaining()));
    into.put(bytes, 0, Math.max(0, read));
    return read;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Bytes of TLS itself count, too: a fresh connection costs little. */
  @Override
  public boolean isQuiet() {
    try {
      return in.available() == 0 && ended.getInputStream().available() == 0;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      ended.close();
    } catch (IOException alreadyGone) {
      // It was to go.
    }
  }

  private byte[] piece() {
    var made = piece;
    if (made == null) {
      made = new byte[PIECE_BYTES];
      piece = made;
    }
    return made;
  }
}
