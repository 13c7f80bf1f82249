package io.hydra.model;

import java.util.List;
import java.util.Optional;

/**
 * One file of a dataset, frozen at publish.
 *
 * @param path relative to the dataset's directory, '/' between components
 * @param size in bytes
 * @param etag as the source gave it, without quotes; for {@code file://} the SHA-256
 * @param versionId the source's version of the object, where it keeps versions
 * @param checksums whole-file checksums that the source knows, at most one an algorithm
 * @param content of a file that stands in the data template itself, base64; it is no part of the
 *     digest, as the checksums prove it
 */
public record ManifestFile(
    String path,
    long size,
    String etag,
    Optional<String> versionId,
    List<Checksum> checksums,
    Optional<String> content) {
  public ManifestFile {
    checksums = checksums.stream().sorted().toList();
    etag = shared(etag, checksums);
  }

  /** A plain upload's ETag is its MD5; manifests have very many of them. */
  private static String shared(String etag, List<Checksum> checksums) {
    for (var checksum : checksums) {
      if (checksum.hex().equals(etag)) {
        return checksum.hex();
      }
    }
    return etag;
  }

  /** One that lies at its source. */
  public ManifestFile(
      String path, long size, String etag, Optional<String> versionId, List<Checksum> checksums) {
    this(path, size, etag, versionId, checksums, Optional.empty());
  }
}
