package io.hydra.examples.textanalysis;

import java.util.Map;

/**
 * A set of datasets that belong together, by where they lie.
 *
 * @param version as its publisher named it
 * @param sequence grows with each release
 * @param datasets by name
 */
record Release(String version, long sequence, Map<String, Source> datasets) {
  Release {
    datasets = Map.copyOf(datasets);
  }

  /** A dataset's directory, and the digest that names its content. */
  record Source(String path, String digest) {}
}
