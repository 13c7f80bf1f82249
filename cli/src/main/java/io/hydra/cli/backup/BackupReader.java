package io.hydra.cli.backup;

import com.fasterxml.jackson.databind.ObjectReader;
import io.hydra.cli.CliFailure;
import io.hydra.wire.HydraJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a backup from a file, line by line. */
final class BackupReader {
  private final Path file;
  private final ObjectReader json = HydraJson.mapper().readerFor(BackupLine.class);

  BackupReader(Path file) {
    this.file = file;
  }

  /**
   * @throws CliFailure where the file is no backup, damaged, or not whole; then some lines were
   *     told already
   */
  Contents read(Consumer<BackupLine> told) {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, told);
    } catch (IOException e) {
      throw CliFailure.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private Contents read(InputStream in, Consumer<BackupLine> told) throws IOException {
    var digest = new LineDigest();
    digest.add(header(in));
    var contents = Contents.NONE;
    for (long number = 2; ; number++) {
      var bytes = line(in);
      if (bytes.length == 0) {
        throw damaged("it ends after line %d and is not whole".formatted(number - 1));
      }
      var line = parse(bytes, number);
      if (line instanceof BackupLine.End(var all, var sha256)) {
        if (!all.equals(contents) || !sha256.equals(digest.hex())) {
          throw damaged("its lines are not those that were written");
        }
        if (in.read() >= 0) {
          throw damaged("something follows its end");
        }
        return contents;
      }
      digest.add(bytes);
      contents = contents.with(line);
      told.accept(line);
    }
  }

  private byte[] header(InputStream in) throws IOException {
    var bytes = line(in);
    if (!(parse(bytes, 1) instanceof BackupLine.Header(int format, var _))) {
      throw damaged("it does not begin as a backup does");
    }
    if (format != BackupLine.FORMAT) {
      throw damaged(
          "it is of format %d, and this program reads %d".formatted(format, BackupLine.FORMAT));
    }
    return bytes;
  }

  private BackupLine parse(byte[] bytes, long number) {
    try {
      return json.readValue(bytes);
    } catch (IOException e) {
      throw damaged("line %d is damaged".formatted(number));
    }
  }

  private CliFailure damaged(String why) {
    return CliFailure.usage("%s cannot be restored: %s".formatted(file, why));
  }

  /** Without its end; empty at the end of the file. */
  private static byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toByteArray();
  }
}
