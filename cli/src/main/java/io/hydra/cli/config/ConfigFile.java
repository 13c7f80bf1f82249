package io.hydra.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hydra.cli.CliFailure;
import io.hydra.cli.document.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where the contexts are kept between two calls. */
public final class ConfigFile {
  private final Path path;

  public ConfigFile(Path path) {
    this.path = path;
  }

  /**
   * The file that the environment names: {@code $HYDRA_CONFIG}, else {@code hydra/config.yaml} in
   * {@code $XDG_CONFIG_HOME} or {@code ~/.config}.
   */
  public static ConfigFile of(Variables variables, Path home) {
    return new ConfigFile(
        variables
            .get("HYDRA_CONFIG")
            .map(Path::of)
            .orElseGet(
                () ->
                    variables
                        .get("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .orElseGet(() -> home.resolve(".config"))
                        .resolve("hydra")
                        .resolve("config.yaml")));
  }

  public Path path() {
    return path;
  }

  /**
   * Reads the file; one that is not there is empty.
   *
   * @throws CliFailure when it cannot be read or understood
   */
  public CliConfig read() {
    try {
      var text = Files.readString(path);
      return text.isBlank() ? CliConfig.EMPTY : Documents.readYaml(text, CliConfig.class);
    } catch (NoSuchFileException none) {
      return CliConfig.EMPTY;
    } catch (JsonProcessingException malformed) {
      throw CliFailure.usage(
          "the configuration %s cannot be understood: %s"
              .formatted(path, Documents.mistake(malformed)),
          "mend it, or move it away and start anew with `hydra context set`");
    } catch (IOException unreadable) {
      throw CliFailure.usage("the configuration %s cannot be read: %s".formatted(path, unreadable));
    }
  }

  /**
   * Replaces the file as a whole, so that a reader sees the old content or the new.
   *
   * @throws CliFailure when it cannot be written
   */
  public void write(CliConfig config) {
    try {
      // A configuration that is a link, to a folder of dotfiles perhaps, stays one.
      var target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      var folder = target.getParent();
      if (folder == null) {
        throw CliFailure.usage("the configuration %s is no file".formatted(path));
      }
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, ".config", ".yaml");
      try {
        Files.writeString(fresh, Documents.yaml(config));
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException failed) {
      throw CliFailure.usage("the configuration %s cannot be written: %s".formatted(path, failed));
    }
  }
}
