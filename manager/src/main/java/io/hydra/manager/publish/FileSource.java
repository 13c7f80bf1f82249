package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.SourcesConfig;
import io.hydra.model.Checksum;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Folders of the manager's machine, such as a network mount that the nodes have too. Each file is
 * hashed at publish.
 */
@ApplicationScoped
class FileSource implements Source {
  private static final String SCHEME = "file://";
  private static final int BUFFER_BYTES = 1 << 20;

  private final Set<Path> roots;
  private final int mostFiles;

  @Inject
  FileSource(SourcesConfig config) {
    this(config, MOST_FILES);
  }

  FileSource(SourcesConfig config, int mostFiles) {
    this.mostFiles = mostFiles;
    this.roots = config.fileRoots().orElse(Set.of());
  }

  @Override
  public List<ReleaseVersion> versions(SourcePattern pattern, VersionScheme scheme) {
    var folder = allowed(pattern.folder());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var names = Files.list(folder)) {
      return names
          .filter(path -> !pattern.versionIsFolder() || Files.isDirectory(path))
          .flatMap(path -> pattern.versionIn(String.valueOf(path.getFileName())).stream())
          .flatMap(text -> scheme.parse(text).stream())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw unavailable(folder, e);
    }
  }

  @Override
  public boolean exists(String path) {
    var place = allowed(path);
    if (!path.endsWith("/")) {
      return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
    }
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var found = Files.walk(place)) {
      return found.anyMatch(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UncheckedIOException e) {
      throw unavailable(place, e);
    }
  }

  @Override
  public Manifest freeze(String path) {
    var place = allowed(path);
    if (!exists(path)) {
      throw new HydraException(ErrorCode.SOURCE_MISSING, "no file lies at " + path);
    }
    if (!path.endsWith("/")) {
      return freezeFile(written(path), place);
    }
    var files = new ArrayList<ManifestFile>();
    try (var found = Files.walk(place)) {
      for (var file : (Iterable<Path>) found::iterator) {
        if (Files.isSymbolicLink(file)) {
          throw new HydraException(ErrorCode.HOSTILE_KEY, "%s is a symbolic link".formatted(file));
        }
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          if (files.size() == mostFiles) {
            throw Source.tooLarge(path, mostFiles);
          }
          files.add(freeze(place.relativize(file).toString(), file));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw unavailable(place, e);
    }
    return new Manifest(files);
  }

  /**
   * Where the file is a link, nodes know it by the link's name, not by that of what it leads to.
   */
  private static Manifest freezeFile(Path written, Path place) {
    try {
      return new Manifest(List.of(freeze(String.valueOf(written.getFileName()), place)));
    } catch (IOException e) {
      throw unavailable(place, e);
    }
  }

  private static ManifestFile freeze(String relative, Path file) throws IOException {
    var hash = sha256();
    long size = 0;
    var buffer = new byte[BUFFER_BYTES];
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hash.update(buffer, 0, read);
        size += read;
      }
    }
    var hex = HexFormat.of().formatHex(hash.digest());
    return new ManifestFile(
        relative,
        size,
        hex,
        Optional.empty(),
        List.of(new Checksum(Checksum.Algorithm.SHA256, hex)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The real path, links resolved, if it lies in an allowed folder. */
  private Path allowed(String path) {
    var real = real(written(path));
    if (roots.stream().anyMatch(root -> real.startsWith(real(root)))) {
      return real;
    }
    throw new HydraException(
        ErrorCode.SOURCE_NOT_ALLOWED,
        roots.isEmpty()
            ? "%s: this manager allows no file:// sources (hydra.sources.file-roots)"
                .formatted(path)
            : "%s lies in none of the folders that this manager allows (hydra.sources.file-roots)"
                .formatted(path));
  }

  private static Path written(String path) {
    try {
      return Path.of(path.substring(SCHEME.length())).normalize();
    } catch (InvalidPathException e) {
      throw new HydraException(
          ErrorCode.INVALID_TEMPLATE, "%s is no path: %s".formatted(path, e.getReason()), e);
    }
  }

  /** Links resolved as far as the path exists; what does not exist leads nowhere else. */
  private static Path real(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException missing) {
      var parent = absolute.getParent();
      var name = absolute.getFileName();
      return parent == null || name == null ? absolute : real(parent).resolve(name);
    }
  }

  private static HydraException unavailable(Path place, Exception cause) {
    return new HydraException(
        ErrorCode.SOURCE_UNAVAILABLE, "%s cannot be read: %s".formatted(place, cause), cause);
  }
}
