package io.hydra.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a bucket key must be to become a file inside a dataset's directory. Keys are hostile input:
 * whoever may write to the bucket chooses them.
 */
public final class RelativePath {
  /** Linux' NAME_MAX. */
  private static final int MAX_COMPONENT_BYTES = 255;

  /** Leaves room for the root within Linux' PATH_MAX of 4096. */
  private static final int MAX_PATH_BYTES = 3072;

  private RelativePath() {}

  /** Why the path is unacceptable, as a clause that follows the path; empty when it is fine. */
  public static Optional<String> objection(String path) {
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    if (path.startsWith("/")) {
      return Optional.of("is absolute");
    }
    if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return Optional.of("has a control character");
    }
    if (path.indexOf('\\') >= 0) {
      return Optional.of("has a backslash");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
      return Optional.of("is not valid Unicode");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      return Optional.of("is longer than " + MAX_PATH_BYTES + " bytes");
    }
    return List.of(path.split("/", -1)).stream()
        .flatMap(c -> componentObjection(c).stream())
        .findFirst();
  }

  private static Optional<String> componentObjection(String component) {
    if (component.isEmpty()) {
      return Optional.of("has an empty component");
    }
    if (component.equals(".") || component.equals("..")) {
      return Optional.of("has a component '" + component + "'");
    }
    if (component.getBytes(StandardCharsets.UTF_8).length > MAX_COMPONENT_BYTES) {
      return Optional.of("has a component longer than " + MAX_COMPONENT_BYTES + " bytes");
    }
    return Optional.empty();
  }
}
