package io.hydra.cli.output;

import java.util.Locale;

/** What {@code -o} chooses. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  JSON,
  YAML;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
