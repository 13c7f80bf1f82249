package io.hydra.cli.option;

import io.hydra.cli.config.Destination;
import io.hydra.cli.config.Wanted;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A channel, written in full as lists show it, or by options. */
public final class NamedChannelOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "ENV/NAMESPACE/NAME",
      description = "The channel, instead of --env, -n and --release.")
  private Optional<String> channel = Optional.empty();

  @Mixin private ChannelOptions options = new ChannelOptions();

  public Wanted wanted() {
    var given = options.wanted();
    return channel
        .map(Destination::channel)
        .map(
            id ->
                new Wanted(
                    given.context(),
                    given.manager(),
                    Optional.of(id.env()),
                    Optional.of(id.namespace()),
                    Optional.of(id.name()),
                    given.files()))
        .orElse(given);
  }

  /** Whether the channel's name was given, and not only taken from variables or the context. */
  public boolean named() {
    return channel.isPresent() || options.wanted().release().isPresent();
  }
}
