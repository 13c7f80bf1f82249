package io.hydra.docto.fetch;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.pace.Pace;
import io.hydra.docto.pace.Wakeup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** How many bytes a second may come, of all datasets together and of each one. */
final class Bandwidth {
  /** So many of the pieces that are read make a second, so that bytes come evenly. */
  private static final int PIECES_A_SECOND = 16;

  /** Smaller ones cost more than they are worth. */
  private static final int LEAST_PIECE_BYTES = 4 * 1024;

  static final int MOST_PIECE_BYTES = 256 * 1024;

  /** With fewer, sources would take connections for dead ones. */
  private static final long LEAST_CAP = 64 * 1024;

  private final Optional<Long> ofDataset;
  private final Optional<Pace> ofNode;
  private final int pieceBytes;
  private final LongSupplier nanoTime;
  private final Pace.Sleep sleep;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder waitedNanos = new LongAdder();

  /**
   * @throws IllegalArgumentException where a cap is below {@value #LEAST_CAP}
   */
  Bandwidth(FetchConfig config) {
    this(
        checked("hydra.fetch.bytes-per-second", config.bytesPerSecond()),
        checked("hydra.fetch.dataset-bytes-per-second", config.datasetBytesPerSecond()),
        System::nanoTime,
        Wakeup::pause);
  }

  Bandwidth(
      Optional<ByteSize> ofNode,
      Optional<ByteSize> ofDataset,
      LongSupplier nanoTime,
      Pace.Sleep sleep) {
    var node = ofNode.map(ByteSize::bytes);
    this.ofDataset = ofDataset.map(ByteSize::bytes);
    this.nanoTime = nanoTime;
    this.sleep = sleep;
    this.ofNode = node.map(this::pace);
    this.pieceBytes = Math.min(pieceBytes(node), pieceBytes(this.ofDataset));
  }

  static Optional<ByteSize> checked(String setting, Optional<ByteSize> cap) {
    if (cap.filter(it -> it.bytes() < LEAST_CAP).isPresent()) {
      throw new IllegalArgumentException(
          setting + " has to be 64KiB or more; without it there is no cap");
    }
    return cap;
  }

  private static int pieceBytes(Optional<Long> cap) {
    return cap.map(it -> Math.clamp(it / PIECES_A_SECOND, LEAST_PIECE_BYTES, MOST_PIECE_BYTES))
        .orElse(MOST_PIECE_BYTES);
  }

  private Pace pace(long bytesPerSecond) {
    return new Pace(bytesPerSecond, nanoTime, sleep);
  }

  /** For one fetch of a dataset. */
  Allowance forDataset() {
    return new Allowance(Stream.concat(ofNode.stream(), ofDataset.stream().map(this::pace)));
  }

  /** Parts that wait for it at present. */
  int waiting() {
    return waiting.get();
  }

  /** Of all parts, since the start. */
  Duration waited() {
    return Duration.ofNanos(waitedNanos.sum());
  }

  /** What the parts of one dataset keep to. */
  final class Allowance {
    private final List<Pace> paces;

    private Allowance(Stream<Pace> paces) {
      this.paces = paces.toList();
    }

    /** What may be read at once. */
    int pieceBytes() {
      return pieceBytes;
    }

    /** To be called when bytes have come, of use or not; returns when the next ones may. */
    void spend(int bytes) throws InterruptedException {
      // At once, so that time that is waited for one is no time lost for the other.
      var longest =
          paces.stream()
              .map(pace -> pace.claim(bytes))
              .max(Duration::compareTo)
              .filter(Duration::isPositive);
      if (longest.isPresent()) {
        await(longest.get());
      }
    }

    private void await(Duration duration) throws InterruptedException {
      long begin = nanoTime.getAsLong();
      waiting.incrementAndGet();
      try {
        sleep.of(duration);
      } finally {
        waiting.decrementAndGet();
        waitedNanos.add(nanoTime.getAsLong() - begin);
      }
    }
  }
}
