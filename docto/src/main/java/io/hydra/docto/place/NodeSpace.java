package io.hydra.docto.place;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.StorageConfig;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.wire.Capacity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The node's space, on disk and in RAM. Where the operator limits it, whoever writes contents tells
 * of each byte, and each content is looked at anew when an operation on it has ended. In between, a
 * content may count for more than it takes, never for less.
 */
@Singleton
public final class NodeSpace {
  private final NodeLayout layout;
  private final Volume disk;
  private final Optional<Volume> ram;

  public NodeSpace(NodeLayout layout, StorageConfig config) {
    this.layout = layout;
    this.disk = new Volume(layout.root(), config.diskCapacity(), config.diskReserve());
    // A tmpfs is ours as a whole: nobody else has a reserve there.
    this.ram =
        layout
            .ramRoot()
            .map(root -> new Volume(root, config.ramCapacity(), Optional.of(new ByteSize(0))));
  }

  public Capacity disk() throws IOException {
    return disk.measure();
  }

  /** Empty on a node without a RAM root. */
  public Optional<Capacity> ram() throws IOException {
    return ram.isPresent() ? Optional.of(ram.get().measure()) : Optional.empty();
  }

  /** Looks at all that lies there of a content; nothing may work on it meanwhile. */
  public void look(Digest digest) throws IOException {
    if (disk.isLimited()) {
      disk.holds(digest, bytesOf(digest, List.of(layout.store(), layout.staging())));
    }
    if (ram.filter(Volume::isLimited).isPresent()) {
      ram.orElseThrow().holds(digest, bytesOf(digest, layout.ramRoot().stream().toList()));
    }
  }

  /** So many bytes of a content were written to disk. To be told before anything relies on it. */
  public void writtenToDisk(Digest digest, long bytes) {
    if (disk.isLimited()) {
      disk.grows(digest, bytes);
    }
  }

  /** So many bytes of a content were copied to RAM. To be told before anything relies on it. */
  public void writtenToRam(Digest digest, long bytes) {
    ram.filter(Volume::isLimited).ifPresent(volume -> volume.grows(digest, bytes));
  }

  /** The content itself, its staging, and what a removal that failed has left. */
  private static long bytesOf(Digest digest, List<Path> directories) throws IOException {
    long sum = 0;
    for (var directory : directories) {
      for (var entry : Trees.children(directory)) {
        if (String.valueOf(entry.getFileName()).contains(digest.hex())) {
          sum += Trees.bytes(entry);
        }
      }
    }
    return sum;
  }
}
