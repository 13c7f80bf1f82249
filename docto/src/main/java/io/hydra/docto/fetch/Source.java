package io.hydra.docto.fetch;

import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.io.InputStream;

/** Where a dataset's files come from. */
public interface Source {
  /**
   * Opens a range of a file as the manifest froze it.
   *
   * @param from first byte
   * @param length number of bytes, at least 1
   * @throws FetchException {@code CHANGED} if the file is no longer the frozen one
   */
  Body open(ManifestFile file, long from, long length) throws FetchException;

  /** Bytes on their way. Reading may throw at any byte. */
  interface Body extends AutoCloseable {
    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /** Ends it; what was not read is not waited for. */
    @Override
    void close();
  }
}
