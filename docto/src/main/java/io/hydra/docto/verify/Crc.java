package io.hydra.docto.verify;

import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.ManifestFile;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Cyclic redundancy checks, whose value over a whole follows from those over its parts. They are in
 * the order in which they are preferred where a manifest has several.
 *
 * <p>All of them take the lowest bit of a byte first and begin and end by inverting, so that the
 * sum of a part behind others is independent of them. In front of {@code n} further bytes a sum is
 * multiplied by x to the power of 8n, modulo the check's polynomial over GF(2); the sum of these
 * bytes is then added, which is exclusive or. The method is that of {@code crc32_combine} in zlib,
 * by Mark Adler: <a href="https://github.com/madler/zlib/blob/v1.3.1/crc32.c">crc32.c</a>.
 */
public enum Crc {
  CRC64NVME(Algorithm.CRC64NVME, 64, Crc64Nvme.REFLECTED_POLYNOMIAL),
  CRC32C(Algorithm.CRC32C, 32, 0x82f63b78L),
  CRC32(Algorithm.CRC32, 32, 0xedb88320L);

  private static final List<Crc> BY_PREFERENCE = List.of(values());

  private final Algorithm algorithm;
  private final int bits;
  private final long polynomial;

  /** x to the power of 0: the highest bit, as polynomials are reflected. */
  private final long one;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Folding.Powers powers;

  /**
   * @param polynomial reflected, without its highest term
   */
  Crc(Algorithm algorithm, int bits, long polynomial) {
    this.algorithm = algorithm;
    this.bits = bits;
    this.polynomial = polynomial;
    this.one = 1L << (bits - 1);
    this.powers =
        new Folding.Powers(
            reflected(1024 + 63), reflected(1023), reflected(128 + 63), reflected(127), polynomial);
  }

  /**
   * The one that a file is received by: the best that its manifest has, so that nothing else need
   * be computed to prove it. Where there is none, {@link #CRC32}: there is nothing to compare it
   * with but later readings of the same bytes, and it is fast wherever Docto runs.
   */
  public static Crc of(ManifestFile file) {
    var best = CRC32;
    for (var stated : file.checksums()) {
      for (var crc : BY_PREFERENCE) {
        if (stated.algorithm() == crc.algorithm && crc.compareTo(best) < 0) {
          best = crc;
        }
      }
    }
    return best;
  }

  Algorithm algorithm() {
    return algorithm;
  }

  /** A sum of no bytes yet. */
  public Checksum begin() {
    return Folding.isAvailable() ? new FoldedCrc(powers, bits) : ofJava();
  }

  private Checksum ofJava() {
    return switch (this) {
      case CRC64NVME -> new Crc64Nvme();
      case CRC32C -> new CRC32C();
      case CRC32 -> new CRC32();
    };
  }

  /** A value as manifests have it. */
  String hex(long value) {
    return HexFormat.of().toHexDigits(value, bits / 4);
  }

  /** The sum of a whole file, from those of its parts in their order. */
  long whole(List<PartSum> parts) {
    long whole = 0;
    long length = 0;
    long shift = one;
    for (var part : parts) {
      // Nearly all parts have one length.
      shift = part.length() == length ? shift : powerOfX(Byte.SIZE * part.length());
      length = part.length();
      whole = multiplied(whole, shift) ^ part.sum();
    }
    return whole;
  }

  Folding.Powers powers() {
    return powers;
  }

  /** x to this power, with its bits where 64 of them end. */
  private long reflected(int exponent) {
    return powerOfX(exponent) << (Long.SIZE - bits);
  }

  /** By repeated squaring. */
  private long powerOfX(long exponent) {
    long power = one;
    long square = one >>> 1;
    for (long left = exponent; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        power = multiplied(power, square);
      }
      square = multiplied(square, square);
    }
    return power;
  }

  /** Product of two polynomials modulo this one. */
  long multiplied(long left, long right) {
    long product = 0;
    long term = right;
    for (long bit = one; bit != 0; bit >>>= 1) {
      if ((left & bit) != 0) {
        product ^= term;
      }
      term = (term & 1) == 0 ? term >>> 1 : (term >>> 1) ^ polynomial;
    }
    return product;
  }
}
