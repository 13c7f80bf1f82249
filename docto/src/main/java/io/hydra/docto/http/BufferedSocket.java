package io.hydra.docto.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is read in large pieces. JSSE reads five bytes of a record's header, then the
 * record: two system calls for each 16 KiB.
 */
final class BufferedSocket extends Socket {
  private static final int BUFFER_BYTES = 64 * 1024;

  private @Nullable InputStream buffered;

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    var made = buffered;
    if (made == null) {
      made = new Buffered(super.getInputStream());
      buffered = made;
    }
    return made;
  }

  /** Unlike {@link java.io.BufferedInputStream} it never asks how much is available. */
  private static final class Buffered extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;

    Buffered(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int given = Math.min(length, end - at);
      System.arraycopy(buffer, at, into, offset, given);
      at += given;
      return given;
    }

    @Override
    public int available() throws IOException {
      return end - at + in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private boolean fill() throws IOException {
      if (at < end) {
        return true;
      }
      at = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      return end > 0;
    }
  }
}
