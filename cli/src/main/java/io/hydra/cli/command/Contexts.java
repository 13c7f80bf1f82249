package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.config.CliConfig;
import io.hydra.cli.config.Context;

/** Finds a context by its name, for commands that name one. */
final class Contexts {
  private Contexts() {}

  static Context find(CliConfig config, String name) {
    return config
        .context(name)
        .orElseThrow(
            () ->
                CliFailure.usage(
                    "there is no context '%s'".formatted(name), "`hydra context` lists them"));
  }
}
