package io.hydra.cli.option;

import io.hydra.cli.config.ConnectionFiles;
import io.hydra.cli.config.Wanted;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which manager is asked. */
public class ManagerOptions {
  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context to use; without it, see `hydra context --help`.")
  protected Optional<String> context = Optional.empty();

  @Option(
      names = "--manager",
      paramLabel = "URL",
      description = "The manager's address ($HYDRA_MANAGER).")
  protected Optional<String> manager = Optional.empty();

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "The environment ($HYDRA_ENV). It also chooses the context that lists it.")
  protected Optional<String> env = Optional.empty();

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "For a manager behind https: PEM file of the authorities to trust, instead of the system's ($HYDRA_CA_FILE).")
  protected Optional<String> caFile = Optional.empty();

  @Option(
      names = "--certificate-file",
      paramLabel = "FILE",
      description =
          "PEM file of the certificate to show to a manager that asks ($HYDRA_CERTIFICATE_FILE).")
  protected Optional<String> certificateFile = Optional.empty();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "PEM file of that certificate's key, not encrypted ($HYDRA_KEY_FILE).")
  protected Optional<String> keyFile = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that says who you are ($HYDRA_TOKEN_FILE).")
  protected Optional<String> tokenFile = Optional.empty();

  protected ConnectionFiles files() {
    return new ConnectionFiles(caFile, certificateFile, keyFile, tokenFile);
  }

  public Wanted wanted() {
    return new Wanted(context, manager, env, Optional.empty(), Optional.empty(), files());
  }
}
