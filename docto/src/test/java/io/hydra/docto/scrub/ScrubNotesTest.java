package io.hydra.docto.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.fakes.FakeTime;
import io.hydra.error.ErrorCode;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubNotesTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final Copy.Id ON_DISK = new Copy.Id(A, Medium.DISK);
  private static final Copy.Id IN_RAM = new Copy.Id(A, Medium.RAM);
  private static final DiskCopy READY = new DiskCopy.Ready(CommittedContent.of(A, List.of()));

  private final FakeTime time = new FakeTime();
  private final Instant start = time.instant();
  private final NodeLayout layout;
  private Inventory inventory;
  private ScrubNotes notes;

  ScrubNotesTest(@TempDir Path root) {
    layout = new NodeLayout(root, Optional.empty());
    inventory = new Inventory();
    notes = new ScrubNotes(layout, HydraJson.mapper(), inventory, time);
  }

  @Test
  void givenACommitThenItIsProvenNow() {
    disk(new DiskCopy.Verifying(1));
    disk(READY);

    assertThat(notes.provenAt(ON_DISK)).contains(start);
  }

  @Test
  void givenACheckOfNamesAndSizesThenItProvesNothing() {
    disk(new DiskCopy.Checking());
    disk(READY);

    assertThat(notes.provenAt(ON_DISK)).isEmpty();
  }

  @Test
  void givenACopyInRamThatBecomesWholeThenItIsProvenNow() {
    disk(READY);
    ram(new RamCopy.Checking());
    ram(new RamCopy.Ready());

    assertThat(notes.provenAt(IN_RAM)).contains(start);
    ram(new RamCopy.Evicting());
    assertThat(notes.provenAt(IN_RAM)).isEmpty();
  }

  @Test
  void givenARestartThenItIsRemembered() throws IOException {
    disk(READY);
    notes.proven(ON_DISK);
    notes.save();
    time.pass(Duration.ofDays(2));

    restart(new DiskCopy.Uncertain());

    assertThat(notes.provenAt(ON_DISK)).contains(start);
    assertThat(notes.oldest()).isEqualTo(Duration.ZERO);
    disk(READY);
    assertThat(notes.oldest()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void givenDamageThenItIsRememberedThoughTheContentIsGone() throws IOException {
    disk(READY);
    notes.proven(ON_DISK);
    disk(new DiskCopy.Damaged("file 'x' is missing"));
    disk(new DiskCopy.Absent());
    notes.save();

    restart(new DiskCopy.Absent());

    assertThat(inventory.get(A).damage().onDisk()).contains("file 'x' is missing");
    assertThat(notes.provenAt(ON_DISK)).isEmpty();
  }

  @Test
  void givenDamageThatWasMendedThenItIsForgotten() throws IOException {
    disk(new DiskCopy.Damaged("file 'x' is missing"));
    notes.save();
    disk(new DiskCopy.Verifying(1));
    disk(READY);
    notes.save();

    restart(new DiskCopy.Uncertain());

    assertThat(inventory.get(A).damage().onDisk()).isEmpty();
    assertThat(notes.provenAt(ON_DISK)).contains(start);
  }

  @Test
  void givenAnEvictionThenNothingIsLeftOfIt() throws IOException {
    disk(READY);
    notes.proven(ON_DISK);
    notes.save();
    disk(new DiskCopy.Absent());
    assertThat(notes.changed()).isTrue();
    notes.save();

    assertThat(file()).content().doesNotContain(A.hex());
  }

  /** Also where something else is the fault that is reported. */
  @Test
  void givenDamageThatIsForgottenThenNothingIsLeftOfIt() throws IOException {
    disk(new DiskCopy.Damaged("file 'x' is missing"));
    disk(new DiskCopy.Absent());
    var fault = new Fault(ErrorCode.STORAGE_FAILED, "x");
    inventory.change(A, content -> content.withSetback(new Setback(fault, 1, start)));
    notes.save();
    assertThat(file()).content().contains(A.hex());

    inventory.change(A, Content::forgettingDamage);
    notes.save();

    assertThat(file()).content().doesNotContain(A.hex());
  }

  @Test
  void givenReadingThatDidNotEndThenARestartRemembersThatItWasBegun() throws IOException {
    disk(READY);
    notes.proven(ON_DISK);
    time.pass(Duration.ofDays(2));
    notes.begun(ON_DISK);
    notes.save();

    restart(new DiskCopy.Uncertain());

    assertThat(notes.provenAt(ON_DISK)).contains(start);
    assertThat(notes.begunAt(ON_DISK)).contains(time.instant());
    disk(READY);
    notes.proven(ON_DISK);
    assertThat(notes.begunAt(ON_DISK)).isEmpty();
  }

  @Test
  void givenNoChangeThenTheFileIsNotWritten() throws IOException {
    notes.save();
    assertThat(file()).doesNotExist();

    notes.proven(ON_DISK);
    notes.save();
    assertThat(notes.changed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"contents\":{\"aa",
        "null",
        "{}",
        "{\"contents\":null}",
        "{\"contents\":{\"aa\":null}}",
        "{\"contents\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":{}}}",
        "{\"contents\":{\"../x\":{\"proven\":\"2026-01-01T00:00:00Z\"}}}",
        "{\"contents\":{\"aa\":{\"proven\":\"yesterday\"}}}"
      })
  void givenAFileThatIsNoneOfOursThenNothingIsKnown(String text) throws IOException {
    Files.createDirectories(layout.state());
    Files.writeString(file(), text);

    restart(new DiskCopy.Uncertain());

    assertThat(notes.provenAt(ON_DISK)).isEmpty();
    assertThat(inventory.snapshot()).containsOnlyKeys(A);
  }

  @Test
  void givenAFileThatCannotBeReadThenNothingIsKnown() throws IOException {
    Files.createDirectories(file());

    restart(new DiskCopy.Uncertain());

    assertThat(notes.provenAt(ON_DISK)).isEmpty();
  }

  @Test
  void givenNothingIsKnownThenItsAgeCountsFromTheStart() {
    disk(READY);
    time.pass(Duration.ofHours(3));

    assertThat(notes.oldest()).isEqualTo(Duration.ofHours(3));
  }

  private void restart(DiskCopy found) {
    inventory = new Inventory();
    notes = new ScrubNotes(layout, HydraJson.mapper(), inventory, time);
    disk(found);
    notes.load();
  }

  private Path file() {
    return layout.state().resolve("scrub.json");
  }

  private void disk(DiskCopy next) {
    inventory.change(A, content -> content.withDisk(next));
  }

  private void ram(RamCopy next) {
    inventory.change(A, content -> content.withRam(next));
  }
}
