package io.hydra.testing.watch;

import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares a dataset's directory with its manifest, file by file. */
final class DatasetCheck {
  private final Function<Digest, Manifest> manifests;
  private final Map<Digest, Manifest> known = new ConcurrentHashMap<>();

  /** Files whose bytes were read once and found right; a committed file never changes. */
  private final Set<Object> proven = new HashSet<>();

  DatasetCheck(Function<Digest, Manifest> manifests) {
    this.manifests = manifests;
  }

  /** What is wrong with a directory that is named by a digest; empty when it is whole or gone. */
  Optional<String> check(Path directory, Digest digest) throws IOException {
    var manifest = known.computeIfAbsent(digest, manifests);
    var before = identity(directory);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    var wrong = compare(directory, manifest);
    // Eviction renames it away first: what we found wrong then was not visible under its name.
    return identity(directory).equals(before) ? wrong : Optional.empty();
  }

  private Optional<String> compare(Path directory, Manifest manifest) throws IOException {
    var expected = new TreeSet<String>();
    for (var file : manifest.files()) {
      expected.add(file.path());
      var wrong = compare(directory.resolve(file.path()), file);
      if (wrong.isPresent()) {
        return wrong.map(text -> directory + ": " + text);
      }
    }
    var found = new TreeSet<String>();
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> found.add(directory.relativize(path).toString()));
    } catch (java.io.UncheckedIOException | NoSuchFileException vanished) {
      return Optional.of(directory + " vanished while it was read");
    }
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(directory + " holds " + found + " instead of " + expected);
  }

  private Optional<String> compare(Path file, ManifestFile expected) throws IOException {
    var attributes = attributes(file);
    if (attributes.isEmpty()) {
      return Optional.of(expected.path() + " is missing");
    }
    if (!attributes.get().isRegularFile() || attributes.get().size() != expected.size()) {
      return Optional.of(
          "%s has %d bytes instead of %d"
              .formatted(expected.path(), attributes.get().size(), expected.size()));
    }
    var identity = Set.of(file, String.valueOf(attributes.get().fileKey()));
    if (proven.contains(identity)) {
      return Optional.empty();
    }
    try {
      if (!isAsPublished(file, expected)) {
        return Optional.of(expected.path() + " has other bytes than were published");
      }
    } catch (NoSuchFileException vanished) {
      return Optional.of(expected.path() + " vanished");
    }
    proven.add(identity);
    return Optional.empty();
  }

  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private static Optional<Object> identity(Path path) throws IOException {
    return attributes(path).map(BasicFileAttributes::fileKey);
  }

  /** A plain upload's ETag is its MD5; what was published inline has a SHA-256. */
  private static boolean isAsPublished(Path file, ManifestFile expected) throws IOException {
    if (expected.content().isEmpty()) {
      return hash("MD5", file).equals(expected.etag());
    }
    var sha256 = new Checksum(Checksum.Algorithm.SHA256, hash("SHA-256", file));
    return expected.checksums().contains(sha256);
  }

  private static String hash(String algorithm, Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance(algorithm);
      var buffer = new byte[1 << 16];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has " + algorithm, missing);
    }
  }
}
