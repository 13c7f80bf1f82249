package io.hydra.cli.config;

import java.util.Optional;

/**
 * PEM files for a manager behind HTTPS, as one source of settings names them.
 *
 * @param ca whose certificates to trust, instead of the system's
 * @param certificate who the user is
 * @param key of that certificate
 */
public record TlsPaths(Optional<String> ca, Optional<String> certificate, Optional<String> key) {
  public static final TlsPaths NONE =
      new TlsPaths(Optional.empty(), Optional.empty(), Optional.empty());
}
