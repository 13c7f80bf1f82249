package io.hydra.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that a setting names.
 *
 * @param setting for people: what to change if the file is wrong, such as {@code hydra.tls.ca-file}
 *     or {@code --ca-file}
 */
public record PemFile(String setting, Path path) {

  /**
   * @throws TlsRefusal where it cannot be read
   */
  String read() {
    try {
      if (Files.isDirectory(path)) {
        throw refused("is a directory");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw refused("does not exist");
    } catch (AccessDeniedException denied) {
      throw refused("may not be read by this user");
    } catch (IOException unreadable) {
      throw refused("cannot be read: " + unreadable);
    }
  }

  TlsRefusal refused(String why) {
    return new TlsRefusal("%s: %s %s".formatted(setting, path, why));
  }

  @Override
  public String toString() {
    return setting + " " + path;
  }
}
