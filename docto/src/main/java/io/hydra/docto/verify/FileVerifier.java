package io.hydra.docto.verify;

import io.hydra.model.Checksum;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Proves a file by its length and every checksum that its manifest has, in one pass. SHA-256 is
 * computed always: later copies are proven by it, also where the source had no checksum.
 */
public final class FileVerifier {
  private static final int BUFFER_BYTES = 256 * 1024;

  /**
   * CRC-32 of each part as it was received.
   *
   * @param partSize in bytes; the last part may be shorter
   */
  public record PartSums(long partSize, List<Integer> crc32) {}

  private FileVerifier() {}

  public static Verdict verify(InputStream in, ManifestFile file) throws IOException {
    return verify(in, file, new PartSums(Math.max(1, file.size()), List.of()));
  }

  /** Compares each part with what was received, too. No sums: parts are not compared. */
  public static Verdict verify(InputStream in, ManifestFile file, PartSums parts)
      throws IOException {
    var hashers = hashersFor(file);
    var partCheck = new PartCheck(parts);
    var buffer = new byte[Math.clamp(file.size(), 1, BUFFER_BYTES)];
    long length = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (var hasher : hashers.values()) {
        hasher.update(buffer, 0, read);
      }
      partCheck.update(buffer, read);
      length += read;
    }
    var damaged = partCheck.finish();
    if (!damaged.isEmpty()) {
      return new Verdict.DamagedParts(damaged);
    }
    return judge(file, length, hashers);
  }

  private static Map<Checksum.Algorithm, Hasher> hashersFor(ManifestFile file) {
    var hashers = new EnumMap<Checksum.Algorithm, Hasher>(Checksum.Algorithm.class);
    hashers.put(Checksum.Algorithm.SHA256, Hasher.of(Checksum.Algorithm.SHA256));
    for (var checksum : file.checksums()) {
      hashers.computeIfAbsent(checksum.algorithm(), Hasher::of);
    }
    return hashers;
  }

  private static Verdict judge(
      ManifestFile file, long length, Map<Checksum.Algorithm, Hasher> hashers) {
    if (length != file.size()) {
      return new Verdict.WrongContent(
          "file '%s' has %d bytes, its manifest says %d"
              .formatted(file.path(), length, file.size()));
    }
    var values = new EnumMap<Checksum.Algorithm, String>(Checksum.Algorithm.class);
    hashers.forEach((algorithm, hasher) -> values.put(algorithm, hasher.hex()));
    for (var checksum : file.checksums()) {
      var found = String.valueOf(values.get(checksum.algorithm()));
      if (!found.equals(checksum.hex().toLowerCase(Locale.ROOT))) {
        return new Verdict.WrongContent(
            "file '%s' has %s %s, its manifest says %s"
                .formatted(file.path(), checksum.algorithm(), found, checksum.hex()));
      }
    }
    return new Verdict.Proven(String.valueOf(values.get(Checksum.Algorithm.SHA256)));
  }

  /** Follows the part borders through the stream. */
  private static final class PartCheck {
    private final PartSums parts;
    private final CRC32 crc = new CRC32();
    private final List<Integer> damaged = new ArrayList<>();
    private int part;
    private long inPart;

    PartCheck(PartSums parts) {
      this.parts = parts;
    }

    void update(byte[] buffer, int length) {
      if (parts.crc32().isEmpty()) {
        return;
      }
      for (int at = 0; at < length; ) {
        int step = (int) Math.min(length - at, parts.partSize() - inPart);
        crc.update(buffer, at, step);
        at += step;
        inPart += step;
        if (inPart == parts.partSize()) {
          endPart();
        }
      }
    }

    List<Integer> finish() {
      if (parts.crc32().isEmpty()) {
        return List.of();
      }
      if (inPart > 0) {
        endPart();
      }
      for (; part < parts.crc32().size(); part++) {
        damaged.add(part);
      }
      return damaged;
    }

    private void endPart() {
      if (part < parts.crc32().size() && parts.crc32().get(part) != (int) crc.getValue()) {
        damaged.add(part);
      }
      crc.reset();
      inPart = 0;
      part++;
    }
  }
}
