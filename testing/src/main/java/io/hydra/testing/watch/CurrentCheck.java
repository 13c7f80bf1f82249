package io.hydra.testing.watch;

import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what a replica's {@code current} leads to with the release that it names. */
final class CurrentCheck {
  private CurrentCheck() {}

  /**
   * What is wrong with the set; empty when it is whole, or was switched while we looked.
   *
   * @param releases by version
   * @param inService whether the application may be reading: one that has let go of its data may be
   *     left with links whose targets are gone
   */
  static Optional<String> check(Path current, Map<String, Release> releases, boolean inService)
      throws IOException {
    if (!Files.exists(current)) {
      return Optional.empty();
    }
    var set = current.toRealPath();
    var wrong = compare(set, releases, inService);
    var switched = !Files.exists(current) || !current.toRealPath().equals(set);
    return switched ? Optional.empty() : wrong;
  }

  private static Optional<String> compare(
      Path set, Map<String, Release> releases, boolean inService) throws IOException {
    var name = set.getFileName().toString();
    var release = releases.get(name.substring(name.indexOf('-') + 1));
    if (release == null) {
      return Optional.empty();
    }
    var expected =
        release.datasets().stream()
            .collect(Collectors.toMap(d -> d.name().value(), CurrentCheck::digest));
    var found = new TreeMap<String, String>();
    try (Stream<Path> links = Files.list(set)) {
      for (var link : links.toList()) {
        var target = Files.readSymbolicLink(link);
        found.put(link.getFileName().toString(), target.getFileName().toString());
        if (inService && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.of(link + " leads to " + target + ", which is not there");
        }
      }
    } catch (NoSuchFileException vanished) {
      return Optional.of(set + " vanished");
    }
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(set + " holds " + found + " instead of " + expected);
  }

  private static String digest(ReleaseDataset dataset) {
    return dataset.digest().hex();
  }
}
