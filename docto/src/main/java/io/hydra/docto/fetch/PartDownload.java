package io.hydra.docto.fetch;

import io.hydra.docto.fetch.FetchException.Cause;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.verify.Crc;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.Checksum;

/** Brings one part into its file; an attempt that breaks off is gone on with where it ended. */
final class PartDownload {
  private static final int BUFFER_BYTES = 128 * 1024;

  /** How attempts are repeated. */
  record Patience(int attempts, Backoff backoff) {}

  private final Source source;
  private final ManifestFile file;
  private final Part part;
  private final FetchListener listener;
  private final Checksum sum;
  private final byte[] buffer;
  private int filled;
  private long done;

  PartDownload(Source source, ManifestFile file, Part part, FetchListener listener) {
    this.source = source;
    this.file = file;
    this.part = part;
    this.listener = listener;
    this.sum = Crc.of(file).begin();
    this.buffer = new byte[(int) Math.min(part.length(), BUFFER_BYTES)];
  }

  /** Returns the sum of the part's bytes, by the {@link Crc} of its file. */
  long into(FileChannel channel, Patience patience)
      throws IOException, FetchException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(channel);
        return sum.getValue();
      } catch (FetchException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("stopped while fetching");
        }
        if (!e.reason().passing() || attempt >= patience.attempts()) {
          throw e;
        }
        listener.retried(e.reason());
      }
      Wakeup.pause(patience.backoff().anyUpTo(attempt));
    }
  }

  private void attempt(FileChannel channel) throws IOException, FetchException {
    try (var body = source.open(file, part.offset() + done, part.length() - done)) {
      while (done < part.length()) {
        try {
          fill(body);
        } finally {
          // Also what came before a connection broke: it need not come again.
          write(channel);
        }
      }
    }
  }

  /**
   * Up to the next multiple of the buffer's size in the file. Bodies come in pieces of any size,
   * over TLS of at most 16 KiB; written as they come, they would have the kernel clear the rest of
   * each large folio first, which costs a fifth of all processor time.
   */
  private void fill(Source.Body body) throws FetchException {
    long wanted = Math.min(buffer.length - done % buffer.length, part.length() - done);
    while (filled < wanted) {
      int read = read(body, (int) wanted - filled);
      if (read < 0) {
        throw new FetchException(
            Cause.SHORT_BODY,
            "'%s' ended %d bytes early".formatted(file.path(), part.length() - done - filled));
      }
      filled += read;
    }
  }

  private int read(Source.Body body, int most) throws FetchException {
    try {
      return body.read(buffer, filled, most);
    } catch (SocketTimeoutException e) {
      throw new FetchException(Cause.STALLED, "'%s' stalled".formatted(file.path()), e);
    } catch (IOException e) {
      throw new FetchException(
          Cause.RESET, "'%s' broke off: %s".formatted(file.path(), e.getMessage()), e);
    }
  }

  private void write(FileChannel channel) throws IOException {
    if (filled == 0) {
      return;
    }
    var bytes = ByteBuffer.wrap(buffer, 0, filled);
    long at = part.offset() + done;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    sum.update(buffer, 0, filled);
    done += filled;
    listener.received(filled);
    filled = 0;
  }
}
