package io.hydra.docto.source;

import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;

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
    /**
     * Reads what there is, at least one byte; -1 at the end.
     *
     * @param into with room for at least one byte; a direct one may spare a copy
     * @throws java.net.SocketTimeoutException where no byte comes for too long
     * @throws java.io.EOFException where fewer bytes come than were promised
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Whether what has come of it counts where it breaks off, so that only the rest is asked for.
     * Of a body whose length nobody told, it may turn out at its end what it was.
     */
    boolean countsInPart();

    /** Ends it; what was not read is not waited for. */
    @Override
    void close();
  }
}
