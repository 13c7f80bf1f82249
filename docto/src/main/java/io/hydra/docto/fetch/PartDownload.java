package io.hydra.docto.fetch;

import io.hydra.docto.pace.Backoff;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import io.hydra.docto.verify.Crc;
import io.hydra.model.ManifestFile;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.Checksum;

/** Brings one part into its file; an attempt that breaks off is gone on with where it ended. */
final class PartDownload {
  /** A source that asks to be left alone for longer is asked again after this. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);

  /** How attempts are repeated. */
  record Patience(int attempts, Backoff backoff) {}

  private final Source source;
  private final ManifestFile file;
  private final Part part;
  private final FetchListener listener;
  private final PartBuffers buffers;
  private final Lane lane;
  private final Checksum sum;

  /**
   * Of a short part from its first byte on: before, there may be very many that wait. None while it
   * pauses: others need it, also those that have the slots that it waits for.
   */
  private Optional<PartBuffer> buffer = Optional.empty();

  /** Of the part, in its file or in the buffer. */
  private long received;

  PartDownload(
      Source source,
      ManifestFile file,
      Part part,
      FetchListener listener,
      PartBuffers buffers,
      Lane lane) {
    this.source = source;
    this.file = file;
    this.part = part;
    this.listener = listener;
    this.buffers = buffers;
    this.lane = lane;
    this.sum = Crc.of(file).begin();
  }

  /** Returns the sum of the part's bytes, by the {@link Crc} of its file. */
  long into(PartFile to, Patience patience, RetryBudget budget)
      throws IOException, FetchException, InterruptedException {
    try {
      return attempts(to, patience, budget);
    } finally {
      buffer.ifPresent(buffers::giveBack);
    }
  }

  private long attempts(PartFile to, Patience patience, RetryBudget budget)
      throws IOException, FetchException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(to);
        budget.giveBack(attempt);
        return sum.getValue();
      } catch (FetchException e) {
        lane.failed(e.reason());
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("stopped while fetching");
        }
        if (!e.reason().passing() || attempt >= patience.attempts()) {
          throw e;
        }
        if (!budget.take()) {
          throw new FetchException(
              e.reason(), e.getMessage() + "; this fetch's retry budget is used up", e);
        }
        listener.retried(e.reason());
        putDown(to);
        Wakeup.pause(askedFor(e).plus(patience.backoff().anyUpTo(attempt)));
        lane.again();
      }
    }
  }

  /** The least pause; jitter comes on top, as others were told the same. */
  private static Duration askedFor(FetchException failure) {
    var asked = failure.retryAfter().orElse(Duration.ZERO);
    return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
  }

  /** What was gathered when a connection broke counts: it need not come again. */
  private void putDown(PartFile to) throws IOException {
    if (buffer.isPresent()) {
      if (gathered().position() > 0) {
        write(to);
      }
      buffers.giveBack(buffer.get());
      buffer = Optional.empty();
    }
  }

  private void takeBuffer() throws InterruptedException {
    if (buffer.isEmpty()) {
      buffer = Optional.of(buffers.take(part.length(), lane::urgency));
      gathered().clear();
    }
  }

  private void attempt(PartFile to) throws IOException, FetchException, InterruptedException {
    if (PartBuffers.areFew(part.length())) {
      // Answers that nobody reads would be given up by their server.
      takeBuffer();
    }
    try (var body = open()) {
      takeBuffer();
      try {
        gather(body, to);
      } catch (FetchException brokenOff) {
        if (!body.countsInPart()) {
          beginAnew();
        }
        throw brokenOff;
      }
    }
  }

  private Source.Body open() throws FetchException, InterruptedException {
    long begin = System.nanoTime();
    try {
      return source.open(file, part.offset() + received, part.length() - received);
    } finally {
      lane.waited(System.nanoTime() - begin);
    }
  }

  private ByteBuffer gathered() {
    return buffer.orElseThrow().gathered();
  }

  /** What an answer brought that proved wrong is written over, whoever brought what before. */
  private void beginAnew() {
    received = 0;
    sum.reset();
    gathered().clear();
  }

  private void gather(Source.Body body, PartFile to)
      throws IOException, FetchException, InterruptedException {
    while (received < part.length()) {
      gather(body);
      if (!gathered().hasRemaining() || received == part.length()) {
        write(to);
      }
    }
  }

  private void gather(Source.Body body) throws FetchException, InterruptedException {
    var gathered = gathered();
    int begin = gathered.position();
    long left = part.length() - received;
    int most = (int) Math.min(left, Math.min(lane.pieceBytes(), gathered.remaining()));
    int read = -1;
    try {
      read = read(body, gathered.limit(begin + most));
    } finally {
      // Of a read that failed nothing counts.
      gathered.limit(gathered.capacity()).position(begin + Math.max(0, read));
    }
    if (read < 0) {
      throw early(left);
    }
    received += read;
    lane.received(read);
  }

  private int read(Source.Body body, ByteBuffer into) throws FetchException {
    try {
      return body.read(into);
    } catch (SocketTimeoutException e) {
      throw new FetchException(
          Cause.STALLED, "'%s' stalled: %s".formatted(file.path(), e.getMessage()), e);
    } catch (EOFException e) {
      throw early(part.length() - received);
    } catch (IOException e) {
      throw new FetchException(
          Cause.RESET, "'%s' broke off: %s".formatted(file.path(), e.getMessage()), e);
    }
  }

  private FetchException early(long left) {
    return new FetchException(
        Cause.SHORT_BODY, "'%s' ended %d bytes early".formatted(file.path(), left));
  }

  private void write(PartFile to) throws IOException {
    var gathered = gathered().flip();
    int length = gathered.remaining();
    // Still in the processor's cache; sums of much at once are faster.
    sum.update(gathered.duplicate());
    to.write(gathered, part.offset() + received - length);
    gathered.clear();
    listener.received(length);
  }
}
