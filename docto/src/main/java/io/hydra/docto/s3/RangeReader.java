package io.hydra.docto.s3;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.Source;

/** A way to get ranges of objects. */
interface RangeReader {
  /** Exactly the bytes of the range, of the object as it was frozen. */
  Source.Body get(ObjectRange range) throws FetchException;
}
