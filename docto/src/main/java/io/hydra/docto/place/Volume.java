package io.hydra.docto.place;

import io.hydra.docto.config.ByteSize;
import io.hydra.model.Digest;
import io.hydra.wire.Capacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The space below a root. That of the file system is measured and never inferred, since space of a
 * removed file returns only when its last reader closes it. What contents take of a limit of ours
 * is a running sum, so that asking costs the same however many files there are; what others have
 * put into the root itself is looked at each time.
 */
final class Volume {
  private static final long MOST_RESERVED = 1L << 30;
  private static final int RESERVED_SHARE = 20;

  private final Path root;
  private final Optional<ByteSize> limit;
  private final Optional<ByteSize> reserve;
  private final Map<Digest, Long> held = new HashMap<>();
  private long heldTogether;

  /**
   * @param root a directory
   * @param limit what contents may take there, where it is less than the file system
   * @param reserve left to the host; empty: 5 % of the file system, at most 1 GiB
   */
  Volume(Path root, Optional<ByteSize> limit, Optional<ByteSize> reserve) {
    this.root = root;
    this.limit = limit;
    this.reserve = reserve;
  }

  Capacity measure() throws IOException {
    var fileSystem = Files.getFileStore(root);
    long total = fileSystem.getTotalSpace();
    long free = Math.max(0, fileSystem.getUsableSpace() - reserved(total));
    if (limit.isEmpty()) {
      return new Capacity(total, free);
    }
    long ours = Math.max(0, limit.get().bytes() - held() - strangers());
    return new Capacity(limit.get().bytes(), Math.min(ours, free));
  }

  /** Whether it matters what contents take. */
  boolean isLimited() {
    return limit.isPresent();
  }

  /** What a content takes now, in bytes, whatever was known of it before. */
  synchronized void holds(Digest digest, long bytes) {
    var before = Optional.ofNullable(bytes == 0 ? held.remove(digest) : held.put(digest, bytes));
    heldTogether += bytes - before.orElse(0L);
  }

  /** A content takes so many bytes more. */
  synchronized void grows(Digest digest, long bytes) {
    held.merge(digest, bytes, Long::sum);
    heldTogether += bytes;
  }

  private synchronized long held() {
    return heldTogether;
  }

  /** Files directly in the root; contents are never there. */
  private long strangers() throws IOException {
    long sum = 0;
    for (var entry : Trees.children(root)) {
      sum += Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) ? Trees.bytes(entry) : 0;
    }
    return sum;
  }

  private long reserved(long total) {
    return reserve
        .map(ByteSize::bytes)
        .orElseGet(() -> Math.min(MOST_RESERVED, total / RESERVED_SHARE));
  }
}
