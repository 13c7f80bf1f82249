package io.hydra.docto.verify;

import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proves a file by its length and every checksum that its manifest has. Where the source had no
 * checksum one is computed all the same: later copies are proven by it.
 */
public final class FileVerifier {
  private FileVerifier() {}

  /** Whether the sums of a file's parts prove it, so that its bytes need not be read for that. */
  public static boolean provesByParts(ManifestFile file) {
    return others(file).isEmpty();
  }

  /** Proves it by all its bytes, whatever is known of them. */
  public static Verdict verify(FileChannel in, ManifestFile file) throws IOException {
    var stated = file.checksums().stream().map(Checksum::algorithm).toList();
    return judge(
        file, in.size(), sums(in, stated.isEmpty() ? List.of(Crc.of(file).algorithm()) : stated));
  }

  /**
   * Proves it by the sums of its parts. Bytes are read only of parts that are uncertain, or all of
   * them once where the manifest has checksums that do not follow from those of parts.
   *
   * @param parts all of the file, in order
   */
  public static Verdict verify(FileChannel in, ManifestFile file, List<PartSum> parts)
      throws IOException {
    var crc = Crc.of(file);
    var others = others(file);
    var sums = sums(in, others);
    sums.put(crc.algorithm(), crc.hex(crc.whole(parts)));
    var verdict = judge(file, in.size(), sums);
    if (verdict instanceof Verdict.Proven && !others.isEmpty()) {
      // By all bytes as they lie there now.
      return verdict;
    }
    var damaged = damaged(in, crc, parts);
    return damaged.isEmpty() ? verdict : new Verdict.DamagedParts(damaged);
  }

  /**
   * Proves it by the sums of its parts alone.
   *
   * @param parts all of the file, in order, none of them uncertain
   * @throws IllegalArgumentException if they do not prove it; see {@link #provesByParts}
   */
  public static Verdict verify(ManifestFile file, List<PartSum> parts) {
    if (!provesByParts(file) || parts.stream().anyMatch(PartSum::uncertain)) {
      throw new IllegalArgumentException("'%s' has to be read".formatted(file.path()));
    }
    var crc = Crc.of(file);
    long length = parts.stream().mapToLong(PartSum::length).sum();
    return judge(file, length, Map.of(crc.algorithm(), crc.hex(crc.whole(parts))));
  }

  /** Whether a file has this checksum, by all its bytes. */
  public static boolean has(FileChannel in, Checksum checksum) throws IOException {
    return isSame(checksum, sums(in, List.of(checksum.algorithm())));
  }

  private static Map<Algorithm, String> sums(FileChannel in, List<Algorithm> algorithms)
      throws IOException {
    var hashers = new EnumMap<Algorithm, Hasher>(Algorithm.class);
    algorithms.forEach(algorithm -> hashers.put(algorithm, Hasher.of(algorithm)));
    if (!hashers.isEmpty()) {
      Bytes.of(in, 0, in.size(), List.copyOf(hashers.values()));
    }
    var values = new EnumMap<Algorithm, String>(Algorithm.class);
    hashers.forEach((algorithm, hasher) -> values.put(algorithm, hasher.hex()));
    return values;
  }

  /** Stated checksums that do not follow from the sums of parts. */
  private static List<Algorithm> others(ManifestFile file) {
    var received = Crc.of(file).algorithm();
    return file.checksums().stream()
        .map(Checksum::algorithm)
        .filter(algorithm -> algorithm != received && !isLeftOut(algorithm, file))
        .toList();
  }

  /**
   * An MD5 beside a check that follows from parts: it is only what a plain upload's ETag happens to
   * be, which each answer has to have all the same, and would have every byte read once more.
   */
  private static boolean isLeftOut(Algorithm algorithm, ManifestFile file) {
    var received = Crc.of(file).algorithm();
    return algorithm == Algorithm.MD5
        && file.checksums().stream().anyMatch(stated -> stated.algorithm() == received);
  }

  private static List<Integer> damaged(FileChannel in, Crc crc, List<PartSum> parts)
      throws IOException {
    var damaged = new ArrayList<Integer>();
    for (var part : parts) {
      if (part.end() > in.size() || (part.uncertain() && !isWhole(in, crc, part))) {
        damaged.add(part.index());
      }
    }
    return damaged;
  }

  private static boolean isWhole(FileChannel in, Crc crc, PartSum part) throws IOException {
    var hasher = Hasher.Cyclic.of(crc);
    Bytes.of(in, part.offset(), part.length(), List.of(hasher));
    return hasher.sum().getValue() == part.sum();
  }

  private static Verdict judge(ManifestFile file, long length, Map<Algorithm, String> sums) {
    if (length != file.size()) {
      return new Verdict.WrongContent(
          "file '%s' has %d bytes, its manifest says %d"
              .formatted(file.path(), length, file.size()));
    }
    for (var checksum : file.checksums()) {
      boolean computed = sums.containsKey(checksum.algorithm());
      if (!isSame(checksum, sums) && (computed || !isLeftOut(checksum.algorithm(), file))) {
        return new Verdict.WrongContent(
            "file '%s' has %s %s, its manifest says %s"
                .formatted(
                    file.path(),
                    checksum.algorithm(),
                    sums.get(checksum.algorithm()),
                    checksum.hex()));
      }
    }
    var strongest = Collections.min(sums.keySet());
    var proven = new Checksum(strongest, String.valueOf(sums.get(strongest)));
    // Not a second one of each of many files.
    return new Verdict.Proven(
        file.checksums().stream().filter(proven::equals).findFirst().orElse(proven));
  }

  private static boolean isSame(Checksum stated, Map<Algorithm, String> sums) {
    return stated.hex().toLowerCase(Locale.ROOT).equals(sums.get(stated.algorithm()));
  }
}
