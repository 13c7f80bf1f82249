package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.fakes.FakeTime;
import io.hydra.docto.fetch.PartDownload.Patience;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.pace.Pace;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.place.ContentDirectory;
import io.hydra.docto.place.ContentDirectory.Once;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import io.hydra.docto.verify.Crc;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartDownloadTest {
  private static final int KIB = 1024;
  private static final int WRITE = 512 * KIB;
  private static final Patience THREE_ATTEMPTS =
      new Patience(3, new Backoff(Duration.ZERO, Duration.ZERO));

  private final byte[] content = random(1000 * KIB + 7);
  private final Part part = new Part(0, 1, 256 * KIB, 700 * KIB + 7);
  private final ManifestFile file =
      new ManifestFile("model", content.length, "etag", Optional.empty(), List.of());
  private final Pieces source = new Pieces();
  private RetryBudget budget = new RetryBudget(100);
  private Optional<DirectIo> direct = Optional.empty();
  private final Path directory;
  private final Path path;
  private final Heard heard = new Heard();
  private final PartBuffers buffers = new PartBuffers();
  private final PartSlots slots = new PartSlots(new PartsLimit.Range(4, 4), System::nanoTime);
  private Bandwidth bandwidth = capped(Optional.empty(), Wakeup::pause);

  PartDownloadTest(@TempDir Path directory) {
    this.directory = directory;
    this.path = directory.resolve("model");
  }

  @Test
  void givenABodyInSmallPiecesThenItIsWrittenInLargeOnes() throws Exception {
    download();

    assertThat(heard.writes).containsExactly((long) WRITE, 188L * KIB + 7);
  }

  @Test
  void givenABodyThatBreaksOffThenWhatCameIsKept() throws Exception {
    source.breakOffAt(part.offset() + 5001);

    download();

    assertThat(source.opened).containsExactly(part.offset(), part.offset() + 5001);
    assertThat(heard.writes).containsExactly(5001L, (long) WRITE, 188L * KIB + 7 - 5001);
    assertThat(heard.retries).containsExactly(Cause.RESET);
  }

  /** They may have all slots: nobody would ever go on. */
  @Test
  void givenAllBuffersInUseThenWhoTriesAgainLetsOthersGoFirst() throws Exception {
    for (int i = 1; i < PartBuffers.MOST_SLABS; i++) {
      var unused = buffers.take(WRITE, () -> 0);
    }
    var openedWhenGot = new CompletableFuture<Integer>();
    var other =
        Thread.ofPlatform()
            .daemon()
            .unstarted(
                () -> {
                  try {
                    var buffer = buffers.take(WRITE, () -> 0);
                    openedWhenGot.complete(source.opened.size());
                    buffers.giveBack(buffer);
                  } catch (InterruptedException stopped) {
                    openedWhenGot.completeExceptionally(stopped);
                  }
                });
    source.breakOffAt(part.offset() + 5001);
    source.beforeBreak =
        () -> {
          other.start();
          await().until(() -> other.getState() == Thread.State.WAITING);
        };

    download();

    assertThat(openedWhenGot).isCompletedWithValue(1);
  }

  /** Such as chunks of a gateway that adds something: it shows at the end only. */
  @Test
  void givenABodyOfUnknownLengthThatProvesWrongThenNothingOfItIsKept() throws Exception {
    source.countsInPart = false;
    source.wrong = true;
    source.breakOffAt(part.offset() + WRITE + 5001);

    download();

    assertThat(source.opened).containsExactly(part.offset(), part.offset());
    assertThat(heard.retries).containsExactly(Cause.RESET);
  }

  @Test
  void givenABodyThatEndsEarlyThenTheRestIsAskedFor() throws Exception {
    source.endAt(part.offset() + 3);

    download();

    assertThat(source.opened).containsExactly(part.offset(), part.offset() + 3);
    assertThat(heard.retries).containsExactly(Cause.SHORT_BODY);
  }

  @Test
  void givenASourceThatEndsEarlyEachTimeThenItIsGivenUp() {
    source.endAt(part.offset());
    source.endsAlways = true;

    assertThatThrownBy(this::download)
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("'model' ended " + part.length() + " bytes early");
    assertThat(heard.retries).hasSize(2);
  }

  @Test
  void givenABudgetThatIsUsedUpThenItIsGivenUpAndThatIsSaid() {
    budget = new RetryBudget(1);
    source.endAt(part.offset());
    source.endsAlways = true;

    assertThatThrownBy(this::download)
        .isInstanceOf(FetchException.class)
        .hasMessageEndingWith("this fetch's retry budget is used up");
    assertThat(heard.retries).hasSize(1);
  }

  @Test
  void givenASourceThatAsksToBeLeftAloneThenItIsForAsLong() throws Exception {
    source.throttle = Optional.of(Duration.ofMillis(300));
    long begin = System.nanoTime();

    download();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(299));
    assertThat(heard.retries).containsExactly(Cause.THROTTLED);
    assertThat(slots.limit()).as("parts that may be in flight").isEqualTo(2);
  }

  @Test
  void givenAFileSystemThatCanThenWhatIsWrittenPastThePageCacheIsTheSame() throws Exception {
    direct = DirectIo.probe(directory.resolve("probe"));
    source.breakOffAt(part.offset() + WRITE + 1);

    download();

    assertThat(heard.writes).containsExactly((long) WRITE, 1L, 188L * KIB + 6);
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(path));
  }

  @Test
  void givenACapThenEachReadIsPaidForBeforeTheNext() throws Exception {
    var time = new FakeTime();
    var start = time.instant();
    bandwidth =
        new Bandwidth(
            Optional.of(new ByteSize(128 * KIB)), Optional.empty(), time::nanoTime, time::pass);
    source.breakOffAt(part.offset() + 5001);

    download();

    assertThat(Duration.between(start, time.instant()).toMillis())
        .isEqualTo(part.length() * 1000 / (128 * KIB));
    assertThat(source.mostRead).isEqualTo(8 * KIB);
  }

  @Test
  void givenAStopWhileItWaitsForBandwidthThenItEndsAndClosesItsBody() {
    bandwidth =
        capped(
            Optional.of(new ByteSize(1)),
            _ -> {
              throw new InterruptedException("stopped");
            });

    assertThatThrownBy(this::download).isInstanceOf(InterruptedException.class);
    assertThat(source.closed).isEqualTo(1);
    assertThat(heard.retries).isEmpty();
  }

  private static Bandwidth capped(Optional<ByteSize> cap, Pace.Sleep sleep) {
    return new Bandwidth(cap, Optional.empty(), System::nanoTime, sleep);
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(4).nextBytes(bytes);
    return bytes;
  }

  /** Brings the part and compares every byte and the checksum. */
  private void download() throws IOException, FetchException, InterruptedException {
    Files.createFile(path);
    var slot = slots.share(() -> 0);
    slot.enter();
    var lane = new Lane(slot, bandwidth.forDataset());
    long sum;
    try (var to = new PartFile(new ContentDirectory(directory), "model", part, Once.NO, direct)) {
      sum =
          new PartDownload(source, file, part, heard, buffers, lane)
              .into(to, THREE_ATTEMPTS, budget);
    }
    int from = (int) part.offset();
    int to = from + (int) part.length();
    var written = Files.readAllBytes(path);
    assertThat(Arrays.copyOfRange(written, from, written.length))
        .isEqualTo(Arrays.copyOfRange(content, from, to));
    var expected = Crc.of(file).begin();
    expected.update(content, from, to - from);
    assertThat(sum).isEqualTo(expected.getValue());
  }

  /** Gives at most a TLS record at once; once, a body may break off or end. */
  private final class Pieces implements Source {
    private static final int RECORD = 16 * KIB;

    private final List<Long> opened = new ArrayList<>();
    private int closed;
    private int mostRead;
    private Optional<Long> breaksOff = Optional.empty();
    private Optional<Long> ends = Optional.empty();
    private boolean endsAlways;
    private boolean countsInPart = true;

    /** What the first body gives instead of the file. */
    private boolean wrong;

    private Optional<Duration> throttle = Optional.empty();

    private Runnable beforeBreak = () -> {};

    void breakOffAt(long position) {
      breaksOff = Optional.of(position);
    }

    void endAt(long position) {
      ends = Optional.of(position);
    }

    @Override
    public Body open(ManifestFile asked, long from, long length) throws FetchException {
      opened.add(from);
      if (throttle.isPresent()) {
        var wish = throttle;
        throttle = Optional.empty();
        throw new FetchException(Cause.THROTTLED, "slow down", wish);
      }
      return new Body() {
        private long at = from;

        @Override
        public int read(ByteBuffer into) throws IOException {
          if (breaksOff.equals(Optional.of(at))) {
            beforeBreak.run();
            breaksOff = Optional.empty();
            wrong = false;
            throw new IOException("reset by peer");
          }
          if (ends.equals(Optional.of(at))) {
            ends = endsAlways ? ends : Optional.empty();
            return -1;
          }
          long end = from + length;
          for (var border : List.of(breaksOff, ends)) {
            end = Math.min(end, border.orElse(end));
          }
          int given = (int) Math.min(Math.min(into.remaining(), RECORD), end - at);
          into.put(
              wrong ? new byte[given] : Arrays.copyOfRange(content, (int) at, (int) at + given));
          at += given;
          mostRead = Math.max(mostRead, given);
          return given;
        }

        @Override
        public boolean countsInPart() {
          return countsInPart;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  private static final class Heard implements FetchListener {
    private final List<Long> writes = new ArrayList<>();
    private final List<Cause> retries = new ArrayList<>();

    @Override
    public void received(long bytes) {
      writes.add(bytes);
    }

    @Override
    public void retried(Cause cause) {
      retries.add(cause);
    }
  }
}
