package io.hydra.cli.option;

import io.hydra.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** How results are written. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or yaml (default: table); json and yaml are the API's records.")
  private OutputFormat format = OutputFormat.TABLE;

  public OutputFormat format() {
    return format;
  }

  public boolean table() {
    return format == OutputFormat.TABLE;
  }
}
