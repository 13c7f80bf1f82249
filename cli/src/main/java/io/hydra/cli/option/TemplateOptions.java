package io.hydra.cli.option;

import io.hydra.cli.template.TemplateFile;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.PublishRequest;
import java.io.InputStream;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be published. */
public final class TemplateOptions {
  @Parameters(
      paramLabel = "TEMPLATE",
      description = "The data template, JSON or YAML; - for stdin. See `hydra template --help`.")
  private String file = "";

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description = "What fills {VERSION_PLACEHOLDER}; without it, the newest on the source.")
  private Optional<ReleaseVersion> version = Optional.empty();

  @Option(
      names = "--same-version",
      description = "All datasets must have one version: the newest that all of them have.")
  private boolean sameVersion;

  /**
   * Reads the template.
   *
   * @throws io.hydra.cli.CliFailure for one that cannot be read
   */
  public PublishRequest request(InputStream stdin, boolean dryRun, boolean createChannel) {
    return new PublishRequest(
        new TemplateFile(stdin).read(file), sameVersion, version, dryRun, createChannel);
  }
}
