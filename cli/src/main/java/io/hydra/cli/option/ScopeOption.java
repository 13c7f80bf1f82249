package io.hydra.cli.option;

import io.hydra.model.ScopeName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of a channel is meant. */
public final class ScopeOption {
  @Option(
      names = "--scope",
      paramLabel = "NAME",
      converter = ScopeNameConverter.class,
      description =
          "Only this scope of the channel, such as a region; without it, the whole channel.")
  private Optional<ScopeName> scope = Optional.empty();

  public Optional<ScopeName> scope() {
    return scope;
  }
}
