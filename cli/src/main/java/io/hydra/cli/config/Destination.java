package io.hydra.cli.config;

import io.hydra.cli.CliFailure;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import java.util.Optional;

/**
 * Which manager a command asks, and the parts of the channel that it means.
 *
 * @param env empty when nothing says which of several environments is meant
 */
public record Destination(
    ManagerAddress manager,
    Optional<String> env,
    Optional<String> namespace,
    Optional<String> release) {

  /**
   * The channel.
   *
   * @throws CliFailure when a part of its name is missing
   */
  public ChannelId channel() {
    var parts =
        String.join(
            "/",
            env.orElseThrow(() -> missing("environment", "--env", "HYDRA_ENV")),
            namespace.orElseThrow(() -> missing("namespace", "-n", "HYDRA_NAMESPACE")),
            release.orElseThrow(() -> missing("channel's name", "--release", "HYDRA_RELEASE")));
    return channel(parts);
  }

  /**
   * Reads a channel as lists show it.
   *
   * @throws CliFailure unless it is one
   */
  public static ChannelId channel(String text) {
    try {
      return ChannelId.parse(text);
    } catch (HydraException badName) {
      throw CliFailure.usage(badName.detail());
    }
  }

  private static CliFailure missing(String what, String option, String variable) {
    return CliFailure.usage(
        "the %s is missing".formatted(what),
        "give %s or set $%s, or a default by `hydra context set`".formatted(option, variable));
  }
}
