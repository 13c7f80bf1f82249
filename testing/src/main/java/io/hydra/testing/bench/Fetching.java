package io.hydra.testing.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Someone who can fetch the data of a work. */
interface Fetching {
  /** For people. */
  String title();

  /**
   * Fetches all of it.
   *
   * @param into a directory that is not there yet; what is fetched lies somewhere below it
   * @throws IOException when it did not succeed
   */
  FetchSample fetch(FetchWork work, Path into) throws IOException, InterruptedException;
}
