package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.fetch.PartJournal.PartId;
import io.hydra.docto.fetch.PartJournal.Received;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLedgerTest {
  private static final Digest DIGEST = Digest.sha256(new byte[] {1});
  private static final long PART = 100;

  private final Parts parts =
      new Parts(
          new Manifest(
              List.of(
                  new ManifestFile("a", 250, "e", Optional.empty(), List.of()),
                  new ManifestFile("b", 0, "e", Optional.empty(), List.of()),
                  new ManifestFile("c", 40, "e", Optional.empty(), List.of()))),
          PART);
  private final BitSet certain = new BitSet();
  private final Path path;

  PartLedgerTest(@TempDir Path directory) {
    this.path = directory.resolve("journal");
  }

  @Test
  void givenNothingReceived_whenAsked_thenAllIsMissing() throws IOException {
    try (var ledger = open(certain)) {
      assertThat(ledger.missing()).toIterable().hasSize(4);
      assertThat(ledger.missingBytes()).isEqualTo(290);
    }
  }

  @Test
  void givenPartsReceived_whenAsked_thenTheOthersAreMissing() throws IOException {
    try (var ledger = open(certain)) {
      ledger.add(parts.get(0), 7);
      ledger.add(parts.get(3), -8L << 32);

      assertThat(ledger.missing()).toIterable().containsExactly(parts.get(1), parts.get(2));
      assertThat(ledger.missingBytes()).isEqualTo(150);
      assertThat(ledger.sum(0)).isEqualTo(7);
      assertThat(ledger.sum(3)).isEqualTo(-8L << 32);
    }
  }

  @Test
  void givenAnEarlierProcess_whenItsJournalIsOpened_thenItsPartsAreThereButNotCertain()
      throws IOException {
    try (var earlier = open(new BitSet())) {
      earlier.add(parts.get(0), 7);
      earlier.add(parts.get(1), 8);
    }

    try (var ledger = open(certain)) {
      ledger.add(parts.get(2), 9);
      ledger.drop(parts.get(1));
      ledger.add(parts.get(1), 10);

      assertThat(ledger.isFound(0)).isTrue();
      assertThat(ledger.isFound(1)).isFalse();
      assertThat(ledger.isFound(2)).isFalse();
      assertThat(ledger.sum(1)).isEqualTo(10);
    }
  }

  @Test
  void givenAJournalThatIsOpenedAgainByItsProcess_whenAsked_thenItsPartsAreCertain()
      throws IOException {
    try (var ledger = open(certain)) {
      ledger.add(parts.get(0), 7);
      ledger.add(parts.get(1), 9);
      ledger.drop(parts.get(1));
    }

    try (var ledger = open(certain)) {
      assertThat(ledger.isReceived(0)).isTrue();
      assertThat(ledger.isFound(0)).isFalse();
      assertThat(ledger.isReceived(1)).isFalse();
    }
  }

  @Test
  void givenADroppedPart_whenItsSumIsAskedFor_thenThereIsNone() throws IOException {
    try (var ledger = open(certain)) {
      ledger.add(parts.get(1), 9);
      ledger.drop(parts.get(1));

      assertThatThrownBy(() -> ledger.sum(1)).isInstanceOf(IllegalStateException.class);
      assertThat(ledger.missing()).toIterable().hasSize(4);
    }
  }

  @Test
  void givenAJournalThatNamesPartsThereAreNot_whenItIsOpened_thenTheyDoNotCount()
      throws IOException {
    try (var journal = PartJournal.open(path, DIGEST, PART)) {
      journal.add(new PartId(1, 0), new Received(1, 1));
      journal.add(new PartId(0, 3), new Received(1, 1));
      journal.add(new PartId(7, 0), new Received(1, 1));
    }

    try (var ledger = open(certain)) {
      assertThat(ledger.missingBytes()).isEqualTo(290);
    }
  }

  private PartLedger open(BitSet known) throws IOException {
    return new PartLedger(parts, PartJournal.open(path, DIGEST, PART), known);
  }
}
