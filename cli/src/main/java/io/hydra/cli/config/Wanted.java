package io.hydra.cli.config;

import java.util.Optional;

/**
 * What a command's options say of the manager and the channel; empty where the user left it to the
 * environment variables and the context.
 */
public record Wanted(
    Optional<String> context,
    Optional<String> manager,
    Optional<String> env,
    Optional<String> namespace,
    Optional<String> release,
    ConnectionFiles files) {
  public static final Wanted NOTHING =
      new Wanted(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ConnectionFiles.NONE);
}
