package io.hydra.docto.scrub;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.config.ScrubConfig;
import io.hydra.docto.pace.Pace;
import io.hydra.docto.pace.Wakeup;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.scrub.Schedule.Turn;
import io.hydra.error.HydraException;
import io.hydra.layout.NodeLayout;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads each copy again from time to time, slowly, one file at a time, and while nothing else works
 * on this node's data. What is damaged is only marked so: the reconciler has it withdrawn and
 * fetched again, or mended.
 */
@Singleton
public final class Scrubber {
  private static final Logger LOG = Logger.getLogger(Scrubber.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
  private static final Duration WHILE_BUSY = Duration.ofSeconds(1);
  private static final Duration PUT_OFF_FIRST = Duration.ofMinutes(10);
  private static final Duration PUT_OFF_MOST = Duration.ofDays(1);
  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(10);

  /** Of a small file, too: opening it costs the disk about as much. */
  private static final long LEAST_COST_BYTES = 64 * 1024;

  private final Inventory inventory;
  private final ScrubNotes notes;
  private final ScrubListener listener;
  private final Clock clock;
  private final Duration every;
  private final Schedule schedule;
  private final Pace pace;
  private final Pace.Sleep waiting;
  private final CopyProver prover;

  // Not by the clock: one that is set back would make it long.
  private final LongSupplier nanoTime;

  /** Those that could not be read. */
  private final Map<Copy.Id, PutOff> putOff = new HashMap<>();

  /** From when on, as nanoTime has it. */
  private long maySave;

  /**
   * For how long, longer each time.
   *
   * @param until as nanoTime has it
   */
  private record PutOff(Duration delay, long until) {
    boolean holds(long nanos) {
      return until - nanos > 0;
    }

    static PutOff after(Optional<PutOff> before, long nanos) {
      var delay =
          before
              .map(last -> last.delay().multipliedBy(2))
              .filter(longer -> longer.compareTo(PUT_OFF_MOST) < 0)
              .orElse(before.isPresent() ? PUT_OFF_MOST : PUT_OFF_FIRST);
      return new PutOff(delay, nanos + delay.toNanos());
    }
  }

  @Inject
  Scrubber(
      Inventory inventory,
      ContentStore store,
      NodeLayout layout,
      ScrubNotes notes,
      ScrubListener listener,
      Clock clock,
      ScrubConfig config) {
    this(
        inventory,
        store,
        layout,
        notes,
        listener,
        clock,
        config,
        new Waits(System::nanoTime, Wakeup::pause, wakeupOf(inventory)::await));
  }

  /**
   * How time passes.
   *
   * @param pause waits it out
   * @param idle waits until something has changed, at most so long
   */
  record Waits(LongSupplier nanoTime, Pace.Sleep pause, Pace.Sleep idle) {}

  Scrubber(
      Inventory inventory,
      ContentStore store,
      NodeLayout layout,
      ScrubNotes notes,
      ScrubListener listener,
      Clock clock,
      ScrubConfig config,
      Waits waits) {
    long bytesPerSecond = config.bytesPerSecond().bytes();
    if (bytesPerSecond == 0) {
      throw new IllegalArgumentException(
          "hydra.scrub.bytes-per-second has to be more than 0; hydra.scrub.every=0 turns it off");
    }
    this.inventory = inventory;
    this.notes = notes;
    this.listener = listener;
    this.clock = clock;
    this.every = config.every();
    this.schedule = new Schedule(every);
    this.nanoTime = waits.nanoTime();
    this.maySave = nanoTime.getAsLong();
    this.pace = new Pace(bytesPerSecond, waits.nanoTime(), waits.pause());
    this.waiting = waits.idle();
    this.prover =
        new CopyProver(store, layout, new CopyReader(bytesPerSecond, ByteBuffer::allocateDirect));
  }

  private static Wakeup wakeupOf(Inventory inventory) {
    var wakeup = new Wakeup();
    inventory.listen((before, after) -> wakeup.signal());
    return wakeup;
  }

  /** Takes up what an earlier run knew; to be called when the inventory was taken. */
  public void open() {
    notes.load();
  }

  /** Keeps what is known now. Where that fails it is told, and all is read again sooner. */
  public void close() {
    try {
      notes.save();
    } catch (IOException e) {
      cannotKeep(e);
    }
  }

  /** Reads the copy that is due, or waits until one may be. */
  public void round() throws InterruptedException {
    saveNotes();
    var now = clock.instant();
    var turn = next(now);
    if (turn.isEmpty() || turn.get().due().isAfter(now)) {
      waiting.of(untilDue(turn, now));
      return;
    }
    scrub(turn.get().copy());
  }

  private Optional<Turn> next(Instant now) {
    if (!every.isPositive()) {
      return Optional.empty();
    }
    long nanos = nanoTime.getAsLong();
    var copies = inventory.snapshot().values().stream().flatMap(Copy::of).toList();
    putOff.keySet().retainAll(copies.stream().map(Copy::id).collect(Collectors.toSet()));
    var readable = copies.stream().filter(copy -> !isPutOff(copy, nanos)).toList();
    return schedule.next(readable, notes::provenAt, notes::begunAt, now);
  }

  private boolean isPutOff(Copy copy, long nanos) {
    var later = putOff.get(copy.id());
    return later != null && later.holds(nanos);
  }

  private static Duration untilDue(Optional<Turn> turn, Instant now) {
    return turn.map(next -> Duration.between(now, next.due()))
        .filter(wait -> wait.compareTo(LOOK_AGAIN) < 0)
        .orElse(LOOK_AGAIN);
  }

  private void scrub(Copy copy) throws InterruptedException {
    notes.begun(copy.id());
    try {
      switch (prover.prove(copy, new LeaveFor(copy))) {
        case Proof.Sound _ -> sound(copy);
        case Proof.Wrong(String reason) -> damaged(copy, reason);
        case Proof.Abandoned _ -> {}
      }
    } catch (IOException | HydraException failure) {
      var before = Optional.ofNullable(putOff.get(copy.id()));
      var later = PutOff.after(before, nanoTime.getAsLong());
      putOff.put(copy.id(), later);
      LOG.warnf(
          "digest=%s code=STORAGE_FAILED cannot scrub it %s, tried again in %s: %s",
          copy.content().digest().brief(), copy.medium().words(), later.delay(), failure);
    }
  }

  private void sound(Copy copy) {
    putOff.remove(copy.id());
    notes.proven(copy.id());
    listener.proven(copy.medium());
    LOG.infof(
        "digest=%s state=scrubbed %s bytes=%d",
        copy.content().digest().brief(), copy.medium().words(), copy.content().bytes());
  }

  private void damaged(Copy copy, String reason) {
    var digest = copy.content().digest();
    if (!copy.isIn(inventory.get(digest))) {
      return;
    }
    listener.damaged(copy.medium());
    LOG.errorf(
        "digest=%s code=VERIFICATION_FAILED %s: %s", digest.brief(), copy.medium().words(), reason);
    inventory.change(digest, content -> copy.damaged(content, reason));
  }

  /** Not with each copy: there may be thousands of small ones. */
  private void saveNotes() throws InterruptedException {
    long now = nanoTime.getAsLong();
    if (!notes.changed() || now - maySave < 0) {
      return;
    }
    maySave = now + BETWEEN_SAVES.toNanos();
    try {
      notes.save();
    } catch (ClosedByInterruptException stopped) {
      Thread.interrupted();
      throw new InterruptedException("stopped while saving notes");
    } catch (IOException e) {
      cannotKeep(e);
    }
  }

  private static void cannotKeep(IOException failure) {
    LOG.errorf("code=STORAGE_FAILED cannot keep what was scrubbed: %s", failure.toString());
  }

  /** Holds the reading of a copy to what else happens and to the pace. */
  private final class LeaveFor implements CopyReader.Leave {
    private final Copy copy;

    LeaveFor(Copy copy) {
      this.copy = copy;
    }

    @Override
    public boolean mayRead() throws InterruptedException {
      saveNotes();
      // Left as soon as it is removed: the space of a file that is open does not come back.
      while (isIn() && inventory.anyBusy()) {
        waiting.of(WHILE_BUSY);
      }
      return isIn();
    }

    private boolean isIn() {
      return copy.isIn(inventory.get(copy.content().digest()));
    }

    @Override
    public void hasRead(long bytes) throws InterruptedException {
      listener.scrubbed(bytes);
      pace.spend(bytes);
    }

    @Override
    public void hasClosed(CommittedFile file) throws InterruptedException {
      if (file.size() < LEAST_COST_BYTES) {
        pace.spend(LEAST_COST_BYTES - file.size());
      }
    }
  }
}
