package io.hydra.model;

/**
 * A checksum over a whole file, as its source states it.
 *
 * @param algorithm how it was computed
 * @param hex its value, lower-case hexadecimal, most significant byte first
 */
public record Checksum(Algorithm algorithm, String hex) implements Comparable<Checksum> {
  /**
   * Algorithms that S3 stores for an object as a whole, and MD5, which a plain upload's ETag is.
   */
  public enum Algorithm {
    SHA256,
    SHA1,
    MD5,
    CRC64NVME,
    CRC32C,
    CRC32
  }

  @Override
  public int compareTo(Checksum other) {
    return algorithm.compareTo(other.algorithm);
  }
}
