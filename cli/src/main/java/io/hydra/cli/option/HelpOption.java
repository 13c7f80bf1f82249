package io.hydra.cli.option;

import picocli.CommandLine.Option;

/** Help, for commands in which {@code --version} means a release's. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Option(names = "-V", versionHelp = true, description = "Print version information and exit.")
  boolean version;
}
