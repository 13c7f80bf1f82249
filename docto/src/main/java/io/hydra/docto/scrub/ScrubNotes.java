package io.hydra.docto.scrub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.place.DurableFiles;
import io.hydra.error.HydraException;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * When each copy was last proven or begun, and what was found damaged on disk and is not mended
 * yet, in {@code state/scrub.json}. Without the file all is read again sooner, and that is all.
 * Copies in RAM are not in it: they are read at each start.
 */
@Singleton
public final class ScrubNotes {
  /**
   * What is known of one content.
   *
   * @param proven when it was last
   * @param begun when reading it was last begun, if that was later
   * @param damage a sentence
   */
  public record Note(Optional<Instant> proven, Optional<Instant> begun, Optional<String> damage) {
    boolean isEmpty() {
      return proven.isEmpty() && begun.isEmpty() && damage.isEmpty();
    }
  }

  /**
   * The file.
   *
   * @param contents by digest
   */
  public record Notes(Map<String, Note> contents) {
    /** Of a file that somebody else wrote, anything may be missing. */
    public Notes {
      contents =
          Stream.ofNullable(contents)
              .flatMap(all -> all.entrySet().stream())
              .filter(entry -> Objects.nonNull(entry.getValue()))
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, TreeMap::new));
    }
  }

  private static final Logger LOG = Logger.getLogger(ScrubNotes.class);
  private static final Notes NONE = new Notes(Map.of());

  private final Path path;
  private final ObjectMapper json;
  private final Inventory inventory;
  private final Clock clock;
  private final Instant start;
  private final Map<Copy.Id, Instant> proven = new ConcurrentHashMap<>();
  private final Map<Copy.Id, Instant> begun = new ConcurrentHashMap<>();
  private volatile boolean changed;

  public ScrubNotes(NodeLayout layout, ObjectMapper json, Inventory inventory, Clock clock) {
    this.path = layout.state().resolve("scrub.json");
    this.json = json;
    this.inventory = inventory;
    this.clock = clock;
    this.start = clock.instant();
    inventory.listen(this::note);
  }

  /** Takes up what an earlier run left; to be called when the inventory was taken. */
  public void load() {
    read()
        .contents()
        .forEach((name, note) -> digestOf(name).ifPresent(digest -> takeUp(digest, note)));
  }

  /** Since the copy that was not proven for longest was; of which nothing is known: the start. */
  public Duration oldest() {
    var now = clock.instant();
    return inventory.snapshot().values().stream()
        .flatMap(Copy::of)
        .map(copy -> Duration.between(provenAt(copy.id()).orElse(start), now))
        .max(Duration::compareTo)
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  Optional<Instant> provenAt(Copy.Id copy) {
    return Optional.ofNullable(proven.get(copy));
  }

  /** When reading it was begun that did not come to its end. */
  Optional<Instant> begunAt(Copy.Id copy) {
    return Optional.ofNullable(begun.get(copy));
  }

  void begun(Copy.Id copy) {
    begun.put(copy, clock.instant());
    changed = true;
  }

  void proven(Copy.Id copy) {
    proven.put(copy, clock.instant());
    begun.remove(copy);
    changed = true;
  }

  boolean changed() {
    return changed;
  }

  /** Writes them, if anything has changed since. */
  synchronized void save() throws IOException {
    if (!changed) {
      return;
    }
    // First: what changes while the file is written has to be written again.
    changed = false;
    try {
      DurableFiles.replace(path, json.writeValueAsBytes(collected()));
    } catch (IOException e) {
      changed = true;
      throw e;
    }
  }

  private Notes collected() {
    var contents = new TreeMap<String, Note>();
    for (var content : inventory.snapshot().values()) {
      var digest = content.digest();
      var onDisk = new Copy.Id(digest, Medium.DISK);
      var note = new Note(provenAt(onDisk), begunAt(onDisk), content.damage().onDisk());
      if (!note.isEmpty()) {
        contents.put(digest.hex(), note);
      }
    }
    return new Notes(contents);
  }

  /** Whatever is wrong with the file: it is no reason not to start. */
  private Notes read() {
    try {
      var read = json.readValue(Files.readAllBytes(path), Notes.class);
      return Optional.ofNullable(read).orElse(NONE);
    } catch (NoSuchFileException firstStart) {
      return NONE;
    } catch (JsonProcessingException damaged) {
      LOG.errorf(
          "'%s' cannot be understood and is ignored: %s", path, damaged.getOriginalMessage());
      return NONE;
    } catch (IOException unreadable) {
      LOG.errorf("code=STORAGE_FAILED '%s' is ignored: %s", path, unreadable);
      return NONE;
    }
  }

  private void takeUp(Digest digest, Note note) {
    if (!(inventory.get(digest).disk() instanceof DiskCopy.Absent)) {
      var onDisk = new Copy.Id(digest, Medium.DISK);
      note.proven().ifPresent(at -> proven.put(onDisk, at));
      note.begun().ifPresent(at -> begun.put(onDisk, at));
    }
    note.damage()
        .ifPresent(reason -> inventory.change(digest, c -> c.rememberingDamageOnDisk(reason)));
  }

  private void note(Content before, Content after) {
    var digest = after.digest();
    if (after.disk() instanceof DiskCopy.Absent || after.disk() instanceof DiskCopy.Damaged) {
      forget(new Copy.Id(digest, Medium.DISK));
    } else if (before.disk() instanceof DiskCopy.Verifying
        && after.disk() instanceof DiskCopy.Ready) {
      proven(new Copy.Id(digest, Medium.DISK));
    }
    if (!(after.ram() instanceof RamCopy.Ready)) {
      forget(new Copy.Id(digest, Medium.RAM));
    } else if (!(before.ram() instanceof RamCopy.Ready)) {
      // However it became so, all its bytes were read for that.
      proven(new Copy.Id(digest, Medium.RAM));
    }
    if (!before.damage().equals(after.damage())) {
      changed = true;
    }
  }

  private void forget(Copy.Id copy) {
    boolean wasProven = proven.remove(copy) != null;
    boolean wasBegun = begun.remove(copy) != null;
    if (wasProven || wasBegun) {
      changed = true;
    }
  }

  private static Optional<Digest> digestOf(String name) {
    try {
      return Optional.of(Digest.of(name));
    } catch (HydraException foreign) {
      return Optional.empty();
    }
  }
}
