package io.hydra.cli.option;

import io.hydra.cli.config.Wanted;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which manager is asked and which namespace is meant. */
public class NamespaceOptions extends ManagerOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace ($HYDRA_NAMESPACE).")
  protected Optional<String> namespace = Optional.empty();

  @Override
  public Wanted wanted() {
    return new Wanted(context, manager, env, namespace, Optional.empty(), files());
  }
}
