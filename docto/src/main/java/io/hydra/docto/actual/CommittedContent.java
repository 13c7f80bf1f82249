package io.hydra.docto.actual;

import io.hydra.model.Digest;
import java.util.List;

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
   * @param sha256 as computed here before the commit, lower-case hexadecimal
   */
  public record CommittedFile(String path, long size, String sha256) {}

  public CommittedContent {
    files = List.copyOf(files);
  }

  public static CommittedContent of(Digest digest, List<CommittedFile> files) {
    return new CommittedContent(digest, files.stream().mapToLong(CommittedFile::size).sum(), files);
  }
}
