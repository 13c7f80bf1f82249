package io.hydra.docto.fetch;

import io.hydra.docto.source.FetchException;

/** Told what happens on the way of bytes. Calls come from many threads. */
public interface FetchListener {
  /** Bytes came from the source and are in their file. */
  void received(long bytes);

  /** An attempt failed and is made again. */
  void retried(FetchException.Cause cause);
}
