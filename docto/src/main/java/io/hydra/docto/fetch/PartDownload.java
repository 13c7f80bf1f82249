package io.hydra.docto.fetch;

import io.hydra.docto.fetch.FetchException.Cause;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.verify.Crc;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.zip.Checksum;

/** Brings one part into its file; an attempt that breaks off is gone on with where it ended. */
final class PartDownload {
  /** How attempts are repeated. */
  record Patience(int attempts, Backoff backoff) {}

  private final Source source;
  private final ManifestFile file;
  private final Part part;
  private final FetchListener listener;
  private final PartBuffer buffer;
  private final Checksum sum;

  /** Of the part, in its file or in the buffer. */
  private long received;

  PartDownload(
      Source source, ManifestFile file, Part part, FetchListener listener, PartBuffer buffer) {
    this.source = source;
    this.file = file;
    this.part = part;
    this.listener = listener;
    this.buffer = buffer;
    this.sum = Crc.of(file).begin();
  }

  /** Returns the sum of the part's bytes, by the {@link Crc} of its file. */
  long into(PartFile to, Patience patience)
      throws IOException, FetchException, InterruptedException {
    buffer.gathered().clear();
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(to);
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

  /** What was gathered when a connection broke stays there: it need not come again. */
  private void attempt(PartFile to) throws IOException, FetchException {
    try (var body = source.open(file, part.offset() + received, part.length() - received)) {
      while (received < part.length()) {
        gather(body);
        if (!buffer.gathered().hasRemaining() || received == part.length()) {
          write(to);
        }
      }
    }
  }

  private void gather(Source.Body body) throws FetchException {
    var gathered = buffer.gathered();
    long left = part.length() - received;
    int most = (int) Math.min(left, Math.min(buffer.piece().length, gathered.remaining()));
    int read = read(body, most);
    if (read < 0) {
      throw new FetchException(
          Cause.SHORT_BODY, "'%s' ended %d bytes early".formatted(file.path(), left));
    }
    sum.update(buffer.piece(), 0, read);
    gathered.put(buffer.piece(), 0, read);
    received += read;
  }

  private int read(Source.Body body, int most) throws FetchException {
    try {
      return body.read(buffer.piece(), 0, most);
    } catch (SocketTimeoutException e) {
      throw new FetchException(Cause.STALLED, "'%s' stalled".formatted(file.path()), e);
    } catch (IOException e) {
      throw new FetchException(
          Cause.RESET, "'%s' broke off: %s".formatted(file.path(), e.getMessage()), e);
    }
  }

  private void write(PartFile to) throws IOException {
    var gathered = buffer.gathered().flip();
    int length = gathered.remaining();
    to.write(gathered, part.offset() + received - length);
    gathered.clear();
    listener.received(length);
  }
}
