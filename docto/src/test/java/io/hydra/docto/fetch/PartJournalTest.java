package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fetch.PartJournal.PartId;
import io.hydra.docto.fetch.PartJournal.Received;
import io.hydra.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartJournalTest {
  private static final Digest DIGEST = Digest.sha256(new byte[] {1});
  private static final Digest OTHER = Digest.sha256(new byte[] {2});

  private final Path path;

  PartJournalTest(@TempDir Path directory) {
    this.path = directory.resolve("journal");
  }

  @Test
  void givenPartsThenAnotherRunKnowsThem() throws IOException {
    write();

    var remembered = PartJournal.read(path, DIGEST).orElseThrow();

    assertThat(remembered.parts())
        .isEqualTo(
            Map.of(
                new PartId(0, 0), new Received(100, 7),
                new PartId(0, 1), new Received(50, -8L << 32),
                new PartId(2, 0), new Received(1, 0)));
    assertThat(remembered.bytes()).isEqualTo(151);
  }

  @Test
  void givenATailTornAnywhereThenWhatIsWholeBeforeItCounts() throws IOException {
    write();
    var whole = Files.readAllBytes(path);
    int before = -1;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));

      int parts = PartJournal.read(path, DIGEST).map(r -> r.parts().size()).orElse(0);

      assertThat(parts).as("parts believed of %d bytes", length).isBetween(Math.max(0, before), 3);
      before = parts;
    }
    assertThat(before).isEqualTo(3);
  }

  @Test
  void givenATailOfZerosAsAfterALossOfPowerThenItIsNotBelieved() throws IOException {
    write();
    var whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length + 4096));

    assertThat(PartJournal.read(path, DIGEST).orElseThrow().parts()).hasSize(3);
  }

  @Test
  void givenAWrongDigitThenWhatFollowsIsNotBelieved() throws IOException {
    write();
    Files.writeString(path, Files.readString(path).replaceFirst("p 0 1 50", "p 0 1 51"));

    assertThat(PartJournal.read(path, DIGEST).orElseThrow().parts()).hasSize(1);
  }

  @Test
  void givenATornTailThenWhatIsAppendedAfterItCounts() throws IOException {
    write();
    var whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 3));

    try (var journal = PartJournal.open(path, DIGEST, 100)) {
      journal.add(new PartId(5, 5), new Received(10, 1));
    }

    assertThat(PartJournal.read(path, DIGEST).orElseThrow().parts())
        .containsKeys(new PartId(0, 0), new PartId(0, 1), new PartId(5, 5))
        .hasSize(3);
  }

  @Test
  void givenADroppedPartThenItIsToBeFetchedAgain() throws IOException {
    write();
    try (var journal = PartJournal.open(path, DIGEST, 100)) {
      journal.drop(new PartId(0, 0));
    }

    assertThat(PartJournal.read(path, DIGEST).orElseThrow().parts())
        .doesNotContainKey(new PartId(0, 0));
  }

  @Test
  void givenAnotherPartSizeIsConfiguredThenAJournalKeepsItsOwn() throws IOException {
    write();

    try (var journal = PartJournal.open(path, DIGEST, 4096)) {
      assertThat(journal.partSize()).isEqualTo(100);
    }
  }

  @Test
  void givenAnotherContentsJournalThenItIsNotBelieved() throws IOException {
    write();

    assertThat(PartJournal.read(path, OTHER)).isEmpty();
  }

  @Test
  void givenAJournalOfAnOlderKindThenItBeginsAnew() throws IOException {
    var header = "hydra-journal-2 " + DIGEST.hex() + " 100";
    var crc = new CRC32();
    crc.update(header.getBytes(StandardCharsets.US_ASCII));
    Files.writeString(path, header + " " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n");

    assertThat(PartJournal.read(path, DIGEST)).isEmpty();
    try (var journal = PartJournal.open(path, DIGEST, 4096)) {
      assertThat(journal.partSize()).isEqualTo(4096);
    }
  }

  private void write() throws IOException {
    try (var journal = PartJournal.open(path, DIGEST, 100)) {
      journal.add(new PartId(0, 0), new Received(100, 7));
      journal.add(new PartId(0, 1), new Received(50, -8L << 32));
      journal.add(new PartId(2, 0), new Received(1, 0));
    }
  }
}
