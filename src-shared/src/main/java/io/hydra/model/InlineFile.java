package io.hydra.model;

import io.hydra.model.Checksum.Algorithm;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A file whose content stands in the data template itself.
 *
 * @param path relative to the dataset's directory
 * @param base64 its content
 */
public record InlineFile(String path, String base64) {
  /** The source of datasets whose manifests hold the content of their files. */
  public static final String SOURCE = "inline:";

  /** For the content of all of a template's inline files: it passes through the manager's state. */
  public static final int MOST_BYTES = 256 * 1024;

  /** Of one dataset: small as they are, each takes a line of its manifest. */
  public static final int MOST_FILES = 10_000;

  /**
   * So that the same file that lies elsewhere has another digest, and a manifest without content.
   */
  private static final String ETAG = "inline-";

  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  /** Its entry of the manifest, content included. */
  public ManifestFile frozen() {
    var bytes = bytes();
    var sha256 = Digest.sha256(bytes).hex();
    return new ManifestFile(
        path,
        bytes.length,
        ETAG + sha256,
        Optional.empty(),
        List.of(new Checksum(Algorithm.SHA256, sha256)),
        Optional.of(base64));
  }
}
