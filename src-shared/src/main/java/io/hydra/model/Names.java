package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.util.regex.Pattern;

/** Rules for the names that people choose and that become parts of URLs, keys and paths. */
final class Names {
  /** As Kubernetes' DNS labels (RFC 1123): they must be valid there too. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern LOOSE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}");

  private Names() {}

  static String label(String kind, String value) {
    if (!LABEL.matcher(value).matches()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "%s '%s' must be 1 to 63 lower-case letters, digits or '-', and begin and end with a letter or digit"
              .formatted(kind, Printable.of(value)));
    }
    return value;
  }

  static String loose(String kind, String value) {
    if (!LOOSE.matcher(value).matches()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "%s '%s' must be 1 to 127 letters, digits, '_', '-' or '.', and begin with a letter, digit or '_'"
              .formatted(kind, Printable.of(value)));
    }
    return value;
  }
}
