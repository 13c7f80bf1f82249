package io.hydra.cli.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the configuration file: a manager, and what a command takes when its options do not
 * say.
 *
 * @param manager its address
 * @param environments that this manager serves; empty: any
 * @param namespace default of {@code --namespace}
 * @param release default of {@code --release}
 * @param caFile default of {@code --ca-file} for that manager
 * @param certificateFile default of {@code --certificate-file} for that manager
 * @param keyFile default of {@code --key-file} for that manager
 * @param tokenFile default of {@code --token-file} for that manager
 */
public record Context(
    Optional<String> manager,
    List<String> environments,
    Optional<String> namespace,
    Optional<String> release,
    @JsonProperty("ca-file") Optional<String> caFile,
    @JsonProperty("certificate-file") Optional<String> certificateFile,
    @JsonProperty("key-file") Optional<String> keyFile,
    @JsonProperty("token-file") Optional<String> tokenFile) {
  public static final Context EMPTY =
      new Context(
          Optional.empty(), List.of(), Optional.empty(), Optional.empty(), ConnectionFiles.NONE);

  @SuppressWarnings("NullAway") // Jackson passes null for a list that the file leaves out
  public Context {
    environments = environments == null ? List.of() : List.copyOf(environments);
  }

  /** With the files together. */
  public Context(
      Optional<String> manager,
      List<String> environments,
      Optional<String> namespace,
      Optional<String> release,
      ConnectionFiles files) {
    this(
        manager,
        environments,
        namespace,
        release,
        files.ca(),
        files.certificate(),
        files.key(),
        files.token());
  }

  /** The files together. */
  ConnectionFiles files() {
    return new ConnectionFiles(caFile, certificateFile, keyFile, tokenFile);
  }
}
