package io.hydra.docto.actual;

import io.hydra.error.ErrorCode;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import java.time.Instant;
import java.util.Optional;

/**
 * What the node knows of one content.
 *
 * @param downloadedBytes really moved from the source since the agent started
 * @param setback why the last operation on it failed, until one succeeds
 * @param shortage the space it waits for
 * @param damage of its copies, until they are whole again
 */
public record Content(
    Digest digest,
    DiskCopy disk,
    RamCopy ram,
    long downloadedBytes,
    Optional<Setback> setback,
    Optional<Fault> shortage,
    Damage damage) {

  public static Content absent(Digest digest) {
    return new Content(
        digest,
        new DiskCopy.Absent(),
        new RamCopy.Absent(),
        0,
        Optional.empty(),
        Optional.empty(),
        Damage.NONE);
  }

  /** Whether an operation works on it; there is one at a time. */
  public boolean busy() {
    return disk.busy() || ram.busy();
  }

  /** Whether a failed operation on it may be tried again. */
  public boolean mayTry(Instant now) {
    return setback.map(s -> !now.isBefore(s.retryAt())).orElse(true);
  }

  /** Why it goes no further at present. */
  public Optional<Fault> fault() {
    if (disk instanceof DiskCopy.Damaged(String reason)) {
      return Optional.of(new Fault(ErrorCode.VERIFICATION_FAILED, reason));
    }
    return setback.map(Setback::fault).or(() -> shortage).or(this::mending);
  }

  /** Nothing is in the way of its being whole again. */
  private Optional<Fault> mending() {
    // Where it is not wanted in RAM any more, what was wrong there does not matter.
    boolean inRam = !(ram instanceof RamCopy.Absent);
    return new Damage(damage.onDisk(), damage.inRam().filter(_ -> inRam))
        .sentence()
        .map(sentence -> new Fault(ErrorCode.VERIFICATION_FAILED, sentence));
  }

  public Content withDisk(DiskCopy next) {
    return new Content(digest, next, ram, downloadedBytes, setback, shortage, damage.after(next));
  }

  public Content withRam(RamCopy next) {
    return new Content(digest, disk, next, downloadedBytes, setback, shortage, damage.after(next));
  }

  /** Counts bytes that came from the source. */
  public Content received(long bytes) {
    var next =
        disk instanceof DiskCopy.Fetching(long fetched, long total)
            ? new DiskCopy.Fetching(fetched + bytes, total)
            : disk;
    return new Content(digest, next, ram, downloadedBytes + bytes, setback, shortage, damage);
  }

  public Content withSetback(Setback next) {
    return new Content(digest, disk, ram, downloadedBytes, Optional.of(next), shortage, damage);
  }

  public Content withoutSetback() {
    return new Content(digest, disk, ram, downloadedBytes, Optional.empty(), shortage, damage);
  }

  public Content withShortage(Optional<Fault> next) {
    return new Content(digest, disk, ram, downloadedBytes, setback, next, damage);
  }

  /** It is removed for good: what was wrong with it is of no interest any more. */
  public Content forgettingDamage() {
    var left = ram instanceof RamCopy.Absent ? Optional.<String>empty() : damage.inRam();
    return new Content(
        digest, disk, ram, downloadedBytes, setback, shortage, new Damage(Optional.empty(), left));
  }

  /** What an earlier run of the agent has found wrong on disk and did not get to mend. */
  public Content rememberingDamageOnDisk(String reason) {
    return new Content(
        digest,
        disk,
        ram,
        downloadedBytes,
        setback,
        shortage,
        new Damage(Optional.of(reason), damage.inRam()));
  }
}
