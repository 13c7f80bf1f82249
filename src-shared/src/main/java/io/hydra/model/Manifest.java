package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The frozen list of a dataset's files, ordered by path. Every path is safe inside a directory of
 * its own, and no path is both a file and a directory.
 *
 * @param files at least one
 */
public record Manifest(List<ManifestFile> files) {
  /**
   * @throws HydraException {@code HOSTILE_KEY} naming the first path that cannot be a file
   */
  public Manifest {
    files = files.stream().sorted(Comparator.comparing(ManifestFile::path)).toList();
    if (files.isEmpty()) {
      throw new HydraException(ErrorCode.SOURCE_MISSING, "a manifest needs at least one file");
    }
    refuseHostilePaths(files);
  }

  /** Sum of the files' sizes. */
  @JsonIgnore
  public long bytes() {
    return files.stream().mapToLong(ManifestFile::size).sum();
  }

  /**
   * Names the content: files of the same paths, sizes, ETags and checksums have the same digest,
   * wherever they lie. The source and its version ids are left out, so that unchanged data is
   * recognised under another prefix.
   */
  @JsonIgnore
  public Digest digest() {
    var canonical = Digest.sha256();
    canonical.add("hydra-manifest-1\n");
    var line = new StringBuilder();
    for (var file : files) {
      line.setLength(0);
      line.append(file.path()).append('\0').append(file.size()).append('\0').append(file.etag());
      for (var checksum : file.checksums()) {
        line.append('\0').append(checksum.algorithm()).append(':').append(checksum.hex());
      }
      canonical.add(line.append('\n').toString());
    }
    return canonical.digest();
  }

  private static void refuseHostilePaths(List<ManifestFile> files) {
    var before = "";
    Set<String> directories = new HashSet<>();
    for (var file : files) {
      var objection = RelativePath.objection(file.path());
      if (objection.isPresent()) {
        throw hostile(file.path(), objection.get());
      }
      if (file.size() < 0) {
        throw hostile(file.path(), "has a negative size");
      }
      // They are sorted, and an empty one was refused.
      if (file.path().equals(before)) {
        throw hostile(file.path(), "stands twice");
      }
      before = file.path();
      for (int i = file.path().indexOf('/'); i >= 0; i = file.path().indexOf('/', i + 1)) {
        directories.add(file.path().substring(0, i));
      }
    }
    for (var file : files) {
      if (directories.contains(file.path())) {
        throw hostile(file.path(), "is both a file and a directory");
      }
    }
  }

  private static HydraException hostile(String path, String objection) {
    return new HydraException(
        ErrorCode.HOSTILE_KEY, "path '%s' %s".formatted(Printable.of(path), objection));
  }
}
