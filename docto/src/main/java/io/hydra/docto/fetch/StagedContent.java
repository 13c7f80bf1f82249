package io.hydra.docto.fetch;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.fetch.PartJournal.PartId;
import io.hydra.docto.fetch.PartJournal.Received;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One content in staging while it is worked on. */
public final class StagedContent implements AutoCloseable {
  private final ContentDirectory directory;
  private final Manifest manifest;
  private final PartJournal journal;
  private final Optional<DirectIo> direct;
  private final Durability durability;
  private final List<List<Part>> partsByFile;

  private StagedContent(
      ContentDirectory directory,
      Manifest manifest,
      PartJournal journal,
      Optional<DirectIo> direct,
      Durability durability) {
    this.directory = directory;
    this.manifest = manifest;
    this.journal = journal;
    this.direct = direct;
    this.durability = durability;
    this.partsByFile = new ArrayList<>();
    manifest.files().forEach(_ -> partsByFile.add(new ArrayList<>()));
    Part.of(manifest, journal.partSize()).forEach(part -> partsByFile.get(part.file()).add(part));
  }

  /**
   * @param direct if files may be written past the page cache
   * @param durability of all that lies there
   */
  static StagedContent open(
      Path content,
      Manifest manifest,
      PartJournal journal,
      Optional<DirectIo> direct,
      Durability durability)
      throws IOException {
    var staged =
        new StagedContent(new ContentDirectory(content), manifest, journal, direct, durability);
    try {
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
      var parts = partsByFile.get(index);
      if (parts.isEmpty() || parts.stream().anyMatch(part -> journal.isFound(idOf(part)))) {
        directory.create(manifest.files().get(index).path());
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
  List<Part> missing() {
    return partsByFile.stream()
        .flatMap(List::stream)
        .filter(part -> journal.received(idOf(part)).isEmpty())
        .toList();
  }

  /** Bytes that need not be fetched again. */
  public long bytes() {
    long missing = missing().stream().mapToLong(Part::length).sum();
    return manifest.bytes() - missing;
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
    journal.add(idOf(part), new Received(part.length(), sum));
  }

  /**
   * Proves one file whose parts are all there. What is wrong is forgotten, so that it is fetched
   * again.
   *
   * @throws HydraException {@code VERIFICATION_FAILED}
   */
  CommittedFile prove(int index) throws IOException {
    var file = manifest.files().get(index);
    var parts = partsByFile.get(index);
    return switch (verdict(file, parts.stream().map(this::sumOf).toList())) {
      case Verdict.Proven(Checksum checksum) ->
          new CommittedFile(file.path(), file.size(), checksum);
      case Verdict.DamagedParts(List<Integer> damaged) -> {
        drop(parts.stream().filter(part -> damaged.contains(part.index())).toList());
        throw failed("file '%s' was changed on this node's disk".formatted(file.path()));
      }
      case Verdict.WrongContent(String detail) -> {
        drop(parts);
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
    journal.close();
  }

  private PartSum sumOf(Part part) {
    var id = idOf(part);
    long sum = journal.received(id).orElseThrow().sum();
    return new PartSum(part.index(), part.offset(), part.length(), sum, journal.isFound(id));
  }

  private void drop(List<Part> parts) throws IOException {
    for (var part : parts) {
      journal.drop(idOf(part));
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

  private static PartId idOf(Part part) {
    return new PartId(part.file(), part.index());
  }
}
