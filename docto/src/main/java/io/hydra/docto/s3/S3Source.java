package io.hydra.docto.s3;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import io.hydra.model.ManifestFile;
import java.util.Optional;

/** Objects of an S3 bucket, by ranged GETs that hold only while the object is the frozen one. */
record S3Source(RangeReader reader, S3Address address) implements Source {

  @Override
  public Body open(ManifestFile file, long from, long length) throws FetchException {
    if (file.versionId().isEmpty()) {
      return reader.get(range(file, from, length, Optional.empty()));
    }
    try {
      return reader.get(range(file, from, length, file.versionId()));
    } catch (FetchException e) {
      if (!mayMeanUnknownVersion(e.reason())) {
        throw e;
      }
      // The same content under another prefix has one manifest, whose version ids may be those of
      // the other objects. The ETag still holds the object to what was frozen.
      return reader.get(range(file, from, length, Optional.empty()));
    }
  }

  /** AWS says 404, or 403 to those who may not list the bucket; others say 400. */
  private static boolean mayMeanUnknownVersion(Cause reason) {
    return reason == Cause.MISSING || reason == Cause.DENIED || reason == Cause.UNEXPECTED;
  }

  private ObjectRange range(ManifestFile file, long from, long length, Optional<String> versionId) {
    return new ObjectRange(
        address.bucket(),
        address.keyOf(file.path()),
        file.etag(),
        from,
        length,
        file.size(),
        versionId);
  }
}
