package io.hydra.docto.s3;

import io.hydra.docto.http.MalformedAnswer;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * One way, and another one for some time after the first met an answer that it does not understand.
 * What may be understood in several ways is not taken to the second.
 */
final class FallbackRanges implements RangeReader {
  private static final Logger LOG = Logger.getLogger(FallbackRanges.class);

  /** So that a server whose answers are always so is not asked twice for each range. */
  static final Duration REST = Duration.ofMinutes(1);

  private final RangeReader first;
  private final RangeReader second;
  private final FallbackListener listener;
  private final LongSupplier nanos;
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean resting = new AtomicBoolean();
  private final AtomicLong restsUntil = new AtomicLong();

  /**
   * @param nanos as {@link System#nanoTime}
   */
  FallbackRanges(
      RangeReader first, RangeReader second, FallbackListener listener, LongSupplier nanos) {
    this.first = first;
    this.second = second;
    this.listener = listener;
    this.nanos = nanos;
  }

  @Override
  public Source.Body get(ObjectRange range) throws FetchException {
    if (rests() || Buckets.areSpecial(range.bucket())) {
      return second.get(range);
    }
    try {
      return new Watched(range, first.get(range));
    } catch (FetchException failed) {
      if (!(failed.getCause() instanceof MalformedAnswer malformed)) {
        throw failed;
      }
      fallBack(range, malformed);
      return second.get(range);
    }
  }

  private boolean rests() {
    return resting.get() && nanos.getAsLong() - restsUntil.get() < 0;
  }

  private void fallBack(ObjectRange range, MalformedAnswer malformed) {
    restsUntil.set(nanos.getAsLong() + REST.toNanos());
    resting.set(true);
    listener.fellBack();
    if (told.compareAndSet(false, true)) {
      LOG.warnf(
          "state=fallback %s: %s; the AWS SDK is asked instead, which takes more processor time"
              + " (told once; hydra_docto_fetch_fallbacks_total counts)",
          range.name(), malformed.getMessage());
    }
  }

  /** What is found in the middle of a body makes the next attempt go the other way. */
  private final class Watched implements Source.Body {
    private final ObjectRange range;
    private final Source.Body body;

    Watched(ObjectRange range, Source.Body body) {
      this.range = range;
      this.body = body;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      try {
        return body.read(into);
      } catch (MalformedAnswer malformed) {
        fallBack(range, malformed);
        throw malformed;
      }
    }

    @Override
    public boolean countsInPart() {
      return body.countsInPart();
    }

    @Override
    public void close() {
      body.close();
    }
  }
}
