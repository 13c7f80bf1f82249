package io.hydra.cli.option;

import io.hydra.cli.config.Wanted;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which manager is asked and which channel is meant. */
public final class ChannelOptions extends NamespaceOptions {
  @Option(
      names = "--release",
      paramLabel = "NAME",
      description = "The channel's name: the service's release name ($HYDRA_RELEASE).")
  private Optional<String> release = Optional.empty();

  @Override
  public Wanted wanted() {
    return new Wanted(context, manager, env, namespace, release, files());
  }
}
