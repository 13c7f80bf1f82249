package io.hydra.cli.config;

import java.util.Optional;

/**
 * Files that a connection to a manager needs, as one source of settings names them. All but the
 * token are PEM files for HTTPS.
 *
 * @param ca whose certificates to trust, instead of the system's
 * @param certificate who the user is
 * @param key of that certificate
 * @param token who the user is, as a token
 */
public record ConnectionFiles(
    Optional<String> ca,
    Optional<String> certificate,
    Optional<String> key,
    Optional<String> token) {
  public static final ConnectionFiles NONE =
      new ConnectionFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
