package io.hydra.docto.place;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.StorageConfig;
import io.hydra.layout.NodeLayout;
import io.hydra.wire.Capacity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** The node's space, on disk and in RAM. */
@Singleton
public final class NodeSpace {
  private final Volume disk;
  private final Optional<Volume> ram;

  public NodeSpace(NodeLayout layout, StorageConfig config) {
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
}
