package io.hydra.cli.backup;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes a backup, line by line; {@link #end} makes it whole. */
final class BackupWriter {
  private final ObjectWriter json = HydraJson.mapper().writerFor(BackupLine.class);
  private final LineDigest digest = new LineDigest();
  private final OutputStream out;
  private Contents contents = Contents.NONE;

  BackupWriter(OutputStream out, Instant at) {
    this.out = out;
    write(new BackupLine.Header(BackupLine.FORMAT, at));
  }

  void write(BackupLine line) {
    try {
      var bytes = json.writeValueAsBytes(line);
      out.write(bytes);
      out.write('\n');
      digest.add(bytes);
      contents = contents.with(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Contents end() {
    write(new BackupLine.End(contents, digest.hex()));
    return contents;
  }
}
