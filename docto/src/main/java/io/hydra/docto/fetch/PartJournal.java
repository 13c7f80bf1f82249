package io.hydra.docto.fetch;

import io.hydra.model.Digest;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Remembers which parts of a content lie in staging. One line a part, appended after its bytes were
 * written, each with a checksum of its own: what a crash tore off the end is not believed.
 *
 * <p>Nothing is synced here. A process that is killed loses nothing by that; after a loss of power
 * the journal may claim parts whose bytes are gone. So what an earlier process received is read
 * again before the commit and compared with the sum that stands here.
 */
final class PartJournal implements AutoCloseable {
  private static final String MAGIC = "hydra-journal-3";

  /** Names a part. */
  record PartId(int file, int part) {}

  /**
   * A part that was received.
   *
   * @param length in bytes
   * @param sum of its bytes as received, by the {@link io.hydra.docto.verify.Crc} of its file
   */
  record Received(long length, long sum) {}

  /** What an intact journal says. */
  record Remembered(long partSize, Map<PartId, Received> parts) {
    long bytes() {
      return parts.values().stream().mapToLong(Received::length).sum();
    }
  }

  private final Remembered remembered;
  private final OutputStream out;

  private PartJournal(Remembered remembered, OutputStream out) {
    this.remembered = remembered;
    this.out = out;
  }

  /** What lies in a journal's file; empty where there is none for this content. */
  static Optional<Remembered> read(Path path, Digest digest) throws IOException {
    try {
      return new Reader(digest).read(Files.readString(path, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * Goes on with a journal, or begins one. An existing one is written anew first, so that nothing
   * is appended to a torn line.
   *
   * @param partSize of a new journal; an existing one keeps its own
   */
  static PartJournal open(Path path, Digest digest, long partSize) throws IOException {
    var known = read(path, digest).orElseGet(() -> new Remembered(partSize, Map.of()));
    var fresh = path.resolveSibling(path.getFileName() + ".new");
    var text = new StringBuilder(line(MAGIC + " " + digest.hex() + " " + known.partSize()));
    known.parts().forEach((key, part) -> text.append(line(claim(key, part))));
    Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    return new PartJournal(known, new FileOutputStream(path.toFile(), true));
  }

  long partSize() {
    return remembered.partSize();
  }

  /** What stood there when it was opened. */
  Map<PartId, Received> remembered() {
    return remembered.parts();
  }

  /** To be called when the part's bytes are in their file. */
  void add(PartId key, Received part) throws IOException {
    append(claim(key, part));
  }

  /** The part has to be fetched again. */
  void drop(PartId key) throws IOException {
    append("d " + key.file() + " " + key.part());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void append(String entry) throws IOException {
    out.write(line(entry).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String claim(PartId key, Received part) {
    return ("p " + key.file() + ' ' + key.part() + ' ' + part.length() + ' ')
        + HexFormat.of().toHexDigits(part.sum());
  }

  private static String line(String entry) {
    return entry + " " + check(entry) + "\n";
  }

  private static String check(String entry) {
    var crc = new CRC32();
    crc.update(entry.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Believes lines from the top down to the first that is not whole. */
  private static final class Reader {
    private final Digest digest;
    private final Map<PartId, Received> parts = new HashMap<>();

    Reader(Digest digest) {
      this.digest = digest;
    }

    Optional<Remembered> read(String text) {
      var lines = text.split("\n", -1);
      // What follows the last line end is torn, or nothing.
      var header = intact(lines, 0).map(entry -> entry.split(" ", -1));
      if (header.isEmpty() || !isOurs(header.get())) {
        return Optional.empty();
      }
      for (int i = 1; i < lines.length - 1; i++) {
        var entry = intact(lines, i);
        if (entry.isEmpty()) {
          break;
        }
        apply(entry.get().split(" ", -1));
      }
      return Optional.of(new Remembered(Long.parseLong(header.get()[2]), parts));
    }

    private boolean isOurs(String[] header) {
      return header.length == 3 && header[0].equals(MAGIC) && header[1].equals(digest.hex());
    }

    private static Optional<String> intact(String[] lines, int index) {
      if (index >= lines.length - 1) {
        return Optional.empty();
      }
      var line = lines[index];
      int space = line.lastIndexOf(' ');
      if (space < 0 || !check(line.substring(0, space)).equals(line.substring(space + 1))) {
        return Optional.empty();
      }
      return Optional.of(line.substring(0, space));
    }

    private void apply(String[] entry) {
      var key = new PartId(Integer.parseInt(entry[1]), Integer.parseInt(entry[2]));
      if (entry[0].equals("d")) {
        parts.remove(key);
        return;
      }
      parts.put(
          key, new Received(Long.parseLong(entry[3]), HexFormat.fromHexDigitsToLong(entry[4])));
    }
  }
}
