package io.hydra.docto.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Files of ours that hold JSON. */
public final class JsonFiles {
  private JsonFiles() {}

  /**
   * What a file holds; empty where there is none, or it is torn.
   *
   * @throws IOException if it cannot be read
   */
  public static <T> Optional<T> read(Path path, ObjectReader reader) throws IOException {
    try (var in = Files.newInputStream(path)) {
      T value = reader.readValue(in);
      return Optional.ofNullable(value);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JsonProcessingException unreadable) {
      requireNoErrorOfTheDisk(unreadable);
      return Optional.empty();
    }
  }

  /** Jackson takes what fails in the middle of a list for an error in the list. */
  private static void requireNoErrorOfTheDisk(JsonProcessingException unreadable)
      throws IOException {
    for (var cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException failed && !(cause instanceof JsonProcessingException)) {
        throw failed;
      }
    }
  }
}
