package io.hydra.docto.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.ScrubConfig;
import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeTime;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.scrub.Scrubber.Waits;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubberTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final long PACE = 1 << 20;
  private static final Digest FETCHED = Digest.of("f".repeat(64));

  private final Dataset dataset =
      Dataset.random("dataset", 91, Map.of("a/large", 2_500_001, "empty", 0, "small", 10));
  private final CommittedContent content =
      CommittedContent.of(
          dataset.digest(),
          dataset.manifest().files().stream()
              .map(f -> new CommittedFile(f.path(), f.size(), f.checksums().getFirst()))
              .toList());

  private final FakeTime time = new FakeTime();
  private final Instant start = time.instant();
  private final NodeLayout layout;
  private final Inventory inventory = new Inventory();
  private final Told told = new Told();
  private final ScrubNotes notes;

  /** What happens meanwhile, one thing at a wait. */
  private final Deque<Event> whilePaused = new ArrayDeque<>();

  private final Deque<Event> whileIdle = new ArrayDeque<>();
  private final List<Duration> idle = new ArrayList<>();

  private interface Event {
    void happen() throws IOException;
  }

  ScrubberTest(@TempDir Path directory) {
    layout = new NodeLayout(directory.resolve("root"), Optional.of(directory.resolve("ram")));
    notes = new ScrubNotes(layout, HydraJson.mapper(), inventory, time);
  }

  @BeforeEach
  void found() throws IOException {
    write(layout.store(dataset.digest()));
    write(layout.ram(dataset.digest()).orElseThrow());
    change(c -> c.withDisk(new DiskCopy.Ready(content)));
  }

  @Test
  void givenACopyOfWhichNothingIsKnownThenItIsReadAndProven() throws InterruptedException {
    scrubber(WEEK).round();

    assertThat(told.proven).containsExactly(Medium.DISK);
    assertThat(told.bytes).isEqualTo(dataset.bytes());
    assertThat(notes.provenAt(new Copy.Id(dataset.digest(), Medium.DISK))).contains(time.instant());
    assertThat(told.damaged).isEmpty();
  }

  @Test
  void givenReadingThenItKeepsToItsPace() throws InterruptedException {
    scrubber(WEEK).round();

    // Small files, also empty ones, cost 64 KiB.
    double seconds = (double) (2_500_001 + 2 * 65536) / PACE;
    assertThat(Duration.between(start, time.instant()))
        .isCloseTo(Duration.ofNanos((long) (seconds * 1e9)), Duration.ofMillis(1));
  }

  @Test
  void givenAProvenCopyThenItIsReadAgainWithinTheIntervalAndNotBefore()
      throws InterruptedException {
    var scrubber = scrubber(WEEK);
    scrubber.round();
    var proven = time.instant();

    while (told.proven.size() < 2) {
      scrubber.round();
    }

    assertThat(Duration.between(proven, time.instant()))
        .isBetween(WEEK.multipliedBy(3).dividedBy(4), WEEK.plusSeconds(10));
  }

  @Test
  void givenACopyInRamThenItIsReadToo() throws InterruptedException {
    change(c -> c.withRam(new RamCopy.Ready()));
    time.pass(WEEK);
    var scrubber = scrubber(WEEK);

    scrubber.round();
    scrubber.round();

    assertThat(told.proven).containsExactlyInAnyOrder(Medium.DISK, Medium.RAM);
  }

  @Test
  void givenAWrongBitOnDiskThenTheCopyIsMarkedWithTheReason()
      throws IOException, InterruptedException {
    flip(layout.store(dataset.digest()).resolve("a/large"));

    scrubber(WEEK).round();

    assertThat(now().disk())
        .isEqualTo(new DiskCopy.Damaged("file 'a/large' is not what was committed"));
    assertThat(told.damaged).containsExactly(Medium.DISK);
    assertThat(told.proven).isEmpty();
  }

  @Test
  void givenAWrongBitInRamThenThatCopyIsMarkedAndTheOtherNot()
      throws IOException, InterruptedException {
    change(c -> c.withRam(new RamCopy.Ready()));
    time.pass(WEEK);
    flip(layout.ram(dataset.digest()).orElseThrow().resolve("a/large"));
    var scrubber = scrubber(WEEK);

    scrubber.round();
    scrubber.round();

    assertThat(now().ram())
        .isEqualTo(new RamCopy.Damaged("file 'a/large' is not what was committed"));
    assertThat(now().disk()).isInstanceOf(DiskCopy.Ready.class);
    assertThat(told.damaged).containsExactly(Medium.RAM);
  }

  @Test
  void givenAFileThatIsGoneThenTheCopyIsMarked() throws IOException, InterruptedException {
    Files.delete(layout.store(dataset.digest()).resolve("small"));

    scrubber(WEEK).round();

    assertThat(now().disk()).isEqualTo(new DiskCopy.Damaged("file 'small' is missing"));
  }

  @Test
  void givenAFileOfAnotherSizeThenTheCopyIsMarked() throws IOException, InterruptedException {
    Files.write(layout.store(dataset.digest()).resolve("small"), new byte[11]);

    scrubber(WEEK).round();

    assertThat(now().disk()).isEqualTo(new DiskCopy.Damaged("file 'small' has 11 bytes, not 10"));
  }

  @Test
  void givenTheWholeContentIsGoneThenItIsMarked() throws IOException, InterruptedException {
    Files.move(layout.store(dataset.digest()), layout.root().resolve("elsewhere"));

    scrubber(WEEK).round();

    assertThat(now().disk()).isEqualTo(new DiskCopy.Damaged("its directory is missing"));
  }

  @Test
  void givenAFileThatIsReadWronglyOnceThenTheCopyIsSound()
      throws IOException, InterruptedException {
    var file = layout.store(dataset.digest()).resolve("a/large");
    flip(file);
    // After the first piece of the file, in which the bit is.
    whilePaused.add(() -> flip(file));

    scrubber(WEEK).round();

    assertThat(told.damaged).isEmpty();
    assertThat(told.proven).containsExactly(Medium.DISK);
    assertThat(told.bytes).isGreaterThan(dataset.bytes());
  }

  @Test
  void givenAFetchUnderWayThenNothingIsReadUntilItHasEnded() throws InterruptedException {
    fetching();
    whileIdle.add(() -> assertThat(told.bytes).isZero());
    whileIdle.add(() -> inventory.change(FETCHED, c -> c.withDisk(new DiskCopy.Verifying(9))));
    whileIdle.add(() -> inventory.change(FETCHED, c -> c.withDisk(new DiskCopy.Absent())));

    scrubber(WEEK).round();

    assertThat(whileIdle).isEmpty();
    assertThat(told.proven).containsExactly(Medium.DISK);
  }

  @Test
  void givenAFetchThatBeginsMeanwhileThenReadingPauses() throws InterruptedException {
    var before = new long[1];
    whilePaused.add(
        () -> {
          fetching();
          before[0] = told.bytes;
        });
    whileIdle.add(() -> assertThat(told.bytes).isEqualTo(before[0]).isPositive());
    whileIdle.add(() -> inventory.change(FETCHED, c -> c.withDisk(new DiskCopy.Absent())));

    scrubber(WEEK).round();

    assertThat(whileIdle).isEmpty();
    assertThat(told.proven).containsExactly(Medium.DISK);
    assertThat(told.bytes).isEqualTo(dataset.bytes());
  }

  @Test
  void givenAContentThatIsEvictedMeanwhileThenThatIsNoDamage() throws InterruptedException {
    whilePaused.add(
        () -> {
          Files.move(layout.store(dataset.digest()), layout.root().resolve("trash"));
          change(c -> c.withDisk(new DiskCopy.Evicting()));
        });

    scrubber(WEEK).round();
    change(c -> c.withDisk(new DiskCopy.Absent()));

    assertThat(told.proven).isEmpty();
    assertThat(told.damaged).isEmpty();
    assertThat(now().disk()).isEqualTo(new DiskCopy.Absent());
  }

  /** An open file keeps its space. */
  @Test
  void givenAContentThatIsEvictedWhileAnotherIsFetchedThenItIsLeftAtOnce()
      throws InterruptedException {
    change(c -> c.withRam(new RamCopy.Ready()));
    time.pass(WEEK);
    notes.proven(new Copy.Id(dataset.digest(), Medium.DISK));
    whilePaused.add(this::fetching);
    whileIdle.add(() -> change(c -> c.withRam(new RamCopy.Evicting())));
    whileIdle.add(
        () -> {
          throw new AssertionError("it waits for the fetch");
        });

    scrubber(WEEK).round();

    assertThat(told.bytes).isPositive();
    assertThat(told.proven).isEmpty();
    assertThat(whileIdle).hasSize(1);
  }

  @Test
  void givenAFailureThatSaysNothingOfTheFileThenItIsTriedLater()
      throws IOException, InterruptedException {
    var file = layout.store(dataset.digest()).resolve("small");
    var away = layout.root().resolve("away");
    // When names and sizes were found to be right, and another file is read.
    whilePaused.add(
        () -> {
          Files.move(file, away);
          Files.createSymbolicLink(file, away);
        });
    var scrubber = scrubber(WEEK);

    scrubber.round();

    assertThat(now().disk()).isInstanceOf(DiskCopy.Ready.class);
    assertThat(told.damaged).isEmpty();
    Files.delete(file);
    Files.move(away, file);
    var clockSetBack = Duration.ofDays(2);
    time.setBack(clockSetBack);
    while (told.proven.isEmpty()) {
      scrubber.round();
    }
    assertThat(Duration.between(start, time.instant()).plus(clockSetBack))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void givenOneThatCannotBeReadForLongThenItIsTriedLessOften()
      throws IOException, InterruptedException {
    var file = layout.store(dataset.digest()).resolve("small");
    var away = layout.root().resolve("away");
    var scrubber = scrubber(WEEK);
    var tries = new ArrayList<Instant>();
    while (tries.size() < 10) {
      whilePaused.add(
          () -> {
            tries.add(time.instant());
            Files.move(file, away);
            Files.createSymbolicLink(file, away);
          });
      while (!whilePaused.isEmpty()) {
        scrubber.round();
      }
      Files.delete(file);
      Files.move(away, file);
    }

    assertThat(Duration.between(tries.get(1), tries.get(2)))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(21));
    assertThat(Duration.between(tries.get(8), tries.get(9)))
        .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(1));
    assertThat(told.damaged).isEmpty();
  }

  @Test
  void givenACopyThatARestartBrokeOffThenAnotherThatIsDueHasItsTurn() throws InterruptedException {
    change(c -> c.withRam(new RamCopy.Ready()));
    time.pass(WEEK);
    whilePaused.add(Thread.currentThread()::interrupt);
    assertThatThrownBy(scrubber(WEEK)::round).isInstanceOf(InterruptedException.class);

    scrubber(WEEK).round();
    assertThat(told.proven).containsExactly(Medium.RAM);

    scrubber(WEEK).round();
    assertThat(told.proven).containsExactly(Medium.RAM, Medium.DISK);
  }

  @Test
  void givenAClockThatIsSetBackThenNotesAreKeptAllTheSame() throws InterruptedException {
    var scrubber = scrubber(WEEK);
    scrubber.round();
    scrubber.round();
    time.setBack(Duration.ofDays(2));
    notes.proven(new Copy.Id(dataset.digest(), Medium.DISK));

    scrubber.round();
    scrubber.round();

    assertThat(notes.changed()).isFalse();
  }

  @Test
  void givenItIsOffThenNothingIsReadButWhatIsKnownIsKept()
      throws IOException, InterruptedException {
    change(c -> c.withDisk(new DiskCopy.Damaged("found when it was placed")));
    var scrubber = scrubber(Duration.ZERO);

    scrubber.round();

    assertThat(told.bytes).isZero();
    assertThat(idle).hasSize(1);
    assertThat(layout.state().resolve("scrub.json")).content().contains("found when it was placed");
  }

  @Test
  void givenManyCopiesThenNotesAreNotWrittenWithEach() throws IOException, InterruptedException {
    var scrubber = scrubber(Duration.ofMillis(1));
    scrubber.round();
    scrubber.round();
    var file = layout.state().resolve("scrub.json");
    assertThat(file).exists();
    Files.delete(file);

    scrubber.round();
    assertThat(file).doesNotExist();

    scrubber.close();
    assertThat(file).exists();
  }

  @Test
  void givenNotesThatCannotBeKeptThenItClosesAllTheSame() throws IOException {
    notes.proven(new Copy.Id(dataset.digest(), Medium.DISK));
    Files.createDirectories(layout.state().resolve("scrub.json").resolve("in-the-way"));

    scrubber(WEEK).close();

    assertThat(notes.changed()).isTrue();
  }

  @Test
  void givenAPaceOfNothingThenItIsRefusedWithTheSetting() {
    assertThatThrownBy(() -> scrubber(WEEK, 0))
        .hasMessageContaining("hydra.scrub.bytes-per-second has to be more than 0");
  }

  private Scrubber scrubber(Duration every) {
    return scrubber(every, PACE);
  }

  private Scrubber scrubber(Duration every, long bytesPerSecond) {
    var config =
        new ScrubConfig() {
          @Override
          public Duration every() {
            return every;
          }

          @Override
          public ByteSize bytesPerSecond() {
            return new ByteSize(bytesPerSecond);
          }
        };
    return new Scrubber(
        inventory,
        new ContentStore(layout, HydraJson.mapper()),
        layout,
        notes,
        told,
        time,
        config,
        new Waits(time::nanoTime, this::pause, this::idle));
  }

  private void pause(Duration duration) {
    time.pass(duration);
    next(whilePaused);
  }

  private void idle(Duration atMost) {
    time.pass(atMost);
    idle.add(atMost);
    next(whileIdle);
  }

  private static void next(Deque<Event> events) {
    try {
      if (!events.isEmpty()) {
        events.pop().happen();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetching() {
    inventory.change(FETCHED, c -> c.withDisk(new DiskCopy.Fetching(0, 9)));
  }

  private Content now() {
    return inventory.get(dataset.digest());
  }

  private void change(java.util.function.UnaryOperator<Content> change) {
    inventory.change(dataset.digest(), change);
  }

  private void write(Path there) throws IOException {
    for (var file : dataset.files().entrySet()) {
      var path = there.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static void flip(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[5] ^= 1;
    Files.write(file, bytes);
  }

  private static final class Told implements ScrubListener {
    final List<Medium> proven = new ArrayList<>();
    final List<Medium> damaged = new ArrayList<>();
    long bytes;

    @Override
    public void scrubbed(long more) {
      bytes += more;
    }

    @Override
    public void proven(Medium medium) {
      proven.add(medium);
    }

    @Override
    public void damaged(Medium medium) {
      damaged.add(medium);
    }
  }
}
