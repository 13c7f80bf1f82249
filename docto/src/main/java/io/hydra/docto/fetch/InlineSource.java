package io.hydra.docto.fetch;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import io.hydra.model.ManifestFile;
import java.nio.ByteBuffer;
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
    return new InlineBody(ByteBuffer.wrap(bytes, Math.toIntExact(from), Math.toIntExact(length)));
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

  private record InlineBody(ByteBuffer content) implements Body {
    @Override
    public int read(ByteBuffer into) {
      if (!content.hasRemaining()) {
        return -1;
      }
      int given = Math.min(into.remaining(), content.remaining());
      into.put(content.slice(content.position(), given));
      content.position(content.position() + given);
      return given;
    }

    @Override
    public boolean countsInPart() {
      return true;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
