package io.hydra.docto.actual;

import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import java.util.List;
import java.util.Objects;

/**
 * What was committed to the store, as its marker tells.
 *
 * @param bytes sum of the files' sizes
 */
public record CommittedContent(Digest digest, long bytes, List<CommittedFile> files) {
  /**
   * One file of it.
   *
   * @param path relative, '/' between components
   * @param size in bytes
   * @param checksum by which it was proven before the commit; copies are proven by it
   */
  public record CommittedFile(String path, long size, Checksum checksum) {
    /**
     * @throws NullPointerException if there is no checksum, as in a marker of an older version
     */
    public CommittedFile {
      Objects.requireNonNull(checksum, "checksum");
    }
  }

  public CommittedContent {
    files = List.copyOf(files);
  }

  public static CommittedContent of(Digest digest, List<CommittedFile> files) {
    return new CommittedContent(digest, files.stream().mapToLong(CommittedFile::size).sum(), files);
  }
}
