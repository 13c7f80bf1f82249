package io.hydra.docto.place;

import io.hydra.docto.config.ByteSize;
import io.hydra.wire.Capacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The space below a root, measured and never inferred: space of a removed file returns only when
 * its last reader closes it.
 *
 * @param root a directory
 * @param limit what we may hold there, where it is less than the file system
 * @param reserve left to the host; empty: 5 % of the file system, at most 1 GiB
 */
public record Volume(Path root, Optional<ByteSize> limit, Optional<ByteSize> reserve) {
  private static final long MOST_RESERVED = 1L << 30;
  private static final int RESERVED_SHARE = 20;

  public Capacity measure() throws IOException {
    var fileSystem = Files.getFileStore(root);
    long total = fileSystem.getTotalSpace();
    long free = Math.max(0, fileSystem.getUsableSpace() - reserved(total));
    if (limit.isEmpty()) {
      return new Capacity(total, free);
    }
    long ours = Math.max(0, limit.get().bytes() - Trees.bytes(root));
    return new Capacity(limit.get().bytes(), Math.min(ours, free));
  }

  private long reserved(long total) {
    return reserve
        .map(ByteSize::bytes)
        .orElseGet(() -> Math.min(MOST_RESERVED, total / RESERVED_SHARE));
  }
}
