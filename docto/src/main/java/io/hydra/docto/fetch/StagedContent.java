package io.hydra.docto.fetch;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.place.ContentDirectory;
import io.hydra.docto.place.ContentDirectory.Once;
import io.hydra.docto.place.Durability;
import io.hydra.docto.verify.FileVerifier;
import io.hydra.docto.verify.PartSum;
import io.hydra.docto.verify.Verdict;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.Checksum;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One content in staging while it is worked on. */
public final class StagedContent implements AutoCloseable {
  private final ContentDirectory directory;
  private final Manifest manifest;
  private final Parts parts;
  private final PartLedger ledger;
  private final Optional<DirectIo> direct;
  private final Durability durability;

  private StagedContent(
      ContentDirectory directory,
      Manifest manifest,
      Parts parts,
      PartLedger ledger,
      Optional<DirectIo> direct,
      Durability durability) {
    this.directory = directory;
    this.manifest = manifest;
    this.parts = parts;
    this.ledger = ledger;
    this.direct = direct;
    this.durability = durability;
  }

  /**
   * @param certain numbers of parts that need not be read again; kept up to date
   * @param direct if files may be written past the page cache
   * @param durability of all that lies there
   */
  static StagedContent open(
      Path content,
      Manifest manifest,
      PartJournal journal,
      BitSet certain,
      Optional<DirectIo> direct,
      Durability durability)
      throws IOException {
    try {
      var parts = new Parts(manifest, journal.partSize());
      var ledger = new PartLedger(parts, journal, certain);
      var directory = new ContentDirectory(content);
      var staged = new StagedContent(directory, manifest, parts, ledger, direct, durability);
      staged.createWhatNobodyWrites();
      return staged;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Files are made when their bytes come, except those of which none come: empty ones, and what a
   * loss of power has taken of those that the journal claims.
   */
  private void createWhatNobodyWrites() throws IOException {
    for (int index = 0; index < manifest.files().size(); index++) {
      var file = manifest.files().get(index);
      if (file.size() == 0 || parts.of(index).anyMatch(ledger::isFound)) {
        directory.create(file.path());
      }
    }
  }

  public Path path() {
    return directory.top();
  }

  public Durability durability() {
    return durability;
  }

  public Manifest manifest() {
    return manifest;
  }

  /** Parts that are still to be fetched, in order. */
  Iterator<Part> missing() {
    return ledger.missing();
  }

  /** Bytes that need not be fetched again. */
  public long bytes() {
    return manifest.bytes() - ledger.missingBytes();
  }

  PartFile openForWrite(Part part) {
    var file = manifest.files().get(part.file());
    return new PartFile(
        directory,
        file.path(),
        part,
        part.length() == file.size() ? Once.YES : Once.NO,
        direct.filter(io -> io.suits(part, file)));
  }

  /** The part's bytes are in their file. */
  void received(Part part, long sum) throws IOException {
    ledger.add(part, sum);
  }

  /**
   * Proves one file whose parts are all there. What is wrong is forgotten, so that it is fetched
   * again.
   *
   * @throws HydraException {@code VERIFICATION_FAILED}
   */
  CommittedFile prove(int index) throws IOException {
    var file = manifest.files().get(index);
    var received = parts.of(index).mapToObj(parts::get).toList();
    return switch (verdict(file, received.stream().map(this::sumOf).toList())) {
      case Verdict.Proven(Checksum checksum) ->
          new CommittedFile(file.path(), file.size(), checksum);
      case Verdict.DamagedParts(List<Integer> damaged) -> {
        drop(received.stream().filter(part -> damaged.contains(part.index())).toList());
        throw failed("file '%s' was changed on this node's disk".formatted(file.path()));
      }
      case Verdict.WrongContent(String detail) -> {
        drop(received);
        giveSpaceBack(file.path());
        throw failed(detail);
      }
    };
  }

  private Verdict verdict(ManifestFile file, List<PartSum> sums) throws IOException {
    if (FileVerifier.provesByParts(file) && sums.stream().noneMatch(PartSum::uncertain)) {
      return FileVerifier.verify(file, sums);
    }
    try (var in = directory.openForRead(file.path())) {
      return FileVerifier.verify(in, file, sums);
    } catch (NoSuchFileException removed) {
      return new Verdict.DamagedParts(sums.stream().map(PartSum::index).toList());
    }
  }

  @Override
  public void close() throws IOException {
    ledger.close();
  }

  private PartSum sumOf(Part part) {
    int number = parts.number(part);
    return new PartSum(
        part.index(), part.offset(), part.length(), ledger.sum(number), ledger.isFound(number));
  }

  private void drop(List<Part> wrong) throws IOException {
    for (var part : wrong) {
      ledger.drop(part);
    }
  }

  /** All of it is fetched again, and that may need the space that it takes now. */
  private void giveSpaceBack(String path) throws IOException {
    try (var out = directory.openForWrite(path, Once.NO)) {
      out.truncate(0);
    }
  }

  private static HydraException failed(String detail) {
    return new HydraException(ErrorCode.VERIFICATION_FAILED, detail);
  }
}
