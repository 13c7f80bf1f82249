package io.hydra.docto.actual;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was committed to the store, as its marker tells.
 *
 * @param bytes sum of the files' sizes
 * @param files in JSON {@code proven}: markers of before had {@code files}, each with a {@code
 *     sha256}, and a Docto that knows only these has to find this one unreadable and not without
 *     checksums
 */
public record CommittedContent(
    Digest digest,
    long bytes,
    @JsonProperty("proven") @JsonAlias("files") List<CommittedFile> files) {
  /**
   * One file of it.
   *
   * @param path relative, '/' between components
   * @param size in bytes
   * @param checksum by which it was proven before the commit; copies are proven by it
   */
  public record CommittedFile(String path, long size, Checksum checksum) {
    /**
     * @throws NullPointerException if the checksum is missing or has no algorithm or value
     */
    public CommittedFile {
      Objects.requireNonNull(checksum, "checksum");
      Objects.requireNonNull(checksum.algorithm(), "algorithm");
      Objects.requireNonNull(checksum.hex(), "hex");
    }

    /** As markers have it, those of before with SHA-256 only. */
    @JsonCreator
    static CommittedFile marked(
        @JsonProperty("path") String path,
        @JsonProperty("size") long size,
        @JsonProperty("checksum") @Nullable Checksum checksum,
        @JsonProperty("sha256") @Nullable String sha256) {
      return new CommittedFile(
          path,
          size,
          checksum == null
              ? new Checksum(Checksum.Algorithm.SHA256, Objects.requireNonNull(sha256, "sha256"))
              : checksum);
    }
  }

  public CommittedContent {
    files = List.copyOf(files);
  }

  public static CommittedContent of(Digest digest, List<CommittedFile> files) {
    return new CommittedContent(digest, files.stream().mapToLong(CommittedFile::size).sum(), files);
  }
}
