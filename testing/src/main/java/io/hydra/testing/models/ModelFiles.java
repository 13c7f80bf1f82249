package io.hydra.testing.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The model files as the build unpacked them: {@code VERSION/DATASET/file.bin}.
 *
 * @param directory that holds a directory per version
 */
public record ModelFiles(Path directory) {
  /** The datasets, which are also the names of the directories. */
  public static final List<String> DATASETS =
      List.of("langdetect", "sentdetect", "tokenizer", "pos");

  /** The models below a checkout. */
  public static ModelFiles ofCheckout(Path root) {
    return new ModelFiles(root.resolve("testing/target/models"));
  }

  /** Every version, oldest first. */
  public List<String> versions() {
    try (Stream<Path> directories = Files.list(directory)) {
      return directories.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  public String oldest() {
    return versions().getFirst();
  }

  public String newest() {
    return versions().getLast();
  }

  /** The one file of a dataset in a version. */
  public Path file(String version, String dataset) {
    try (Stream<Path> files = Files.list(directory.resolve(version).resolve(dataset))) {
      return files
          .filter(file -> file.toString().endsWith(".bin"))
          .reduce(
              (one, other) -> {
                throw new IllegalStateException("two models: " + one + " and " + other);
              })
          .orElseThrow();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
