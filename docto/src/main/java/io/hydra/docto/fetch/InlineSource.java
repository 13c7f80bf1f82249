package io.hydra.docto.fetch;

import io.hydra.docto.fetch.FetchException.Cause;
import io.hydra.model.ManifestFile;
import java.io.ByteArrayInputStream;
import java.util.Base64;

/** Files whose manifest holds their content. Like all others they are proven after the fetch. */
record InlineSource() implements Source {

  @Override
  public Body open(ManifestFile file, long from, long length) throws FetchException {
    var bytes = bytes(file);
    if (bytes.length != file.size()) {
      throw new FetchException(
          Cause.CHANGED,
          "the manifest holds %d bytes of '%s', %d were published"
              .formatted(bytes.length, file.path(), file.size()));
    }
    return new InlineBody(
        new ByteArrayInputStream(bytes, Math.toIntExact(from), Math.toIntExact(length)));
  }

  private static byte[] bytes(ManifestFile file) throws FetchException {
    try {
      return Base64.getDecoder()
          .decode(
              file.content()
                  .orElseThrow(
                      () ->
                          new FetchException(
                              Cause.MISSING,
                              "the manifest does not hold '%s'".formatted(file.path()))));
    } catch (IllegalArgumentException malformed) {
      throw new FetchException(
          Cause.CHANGED,
          "the manifest's content of '%s' is damaged".formatted(file.path()),
          malformed);
    }
  }

  private record InlineBody(ByteArrayInputStream in) implements Body {
    @Override
    public int read(byte[] buffer, int offset, int length) {
      return in.read(buffer, offset, length);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
