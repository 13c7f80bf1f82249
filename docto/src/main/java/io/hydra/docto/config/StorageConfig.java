package io.hydra.docto.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the node keeps its data and how much of it. */
@ConfigMapping(prefix = "hydra")
public interface StorageConfig {
  /** Directory of the store, its staging area and Docto's notes; one file system. */
  @WithDefault("/var/lib/hydra")
  Path root();

  /** Directory of RAM copies, usually a tmpfs. Without it the node holds no RAM datasets. */
  Optional<Path> ramRoot();

  /**
   * What RAM copies may take together, as the lengths of their files tell, where the RAM root is
   * not a file system of its own.
   */
  Optional<ByteSize> ramCapacity();

  /**
   * What datasets, committed and in staging, and files that others put directly into ROOT may take,
   * as the files' lengths tell, where it is less than its file system. Docto's own notes (below
   * {@code state/} and {@code live/}) come on top.
   */
  Optional<ByteSize> diskCapacity();

  /** Space of ROOT's file system that is left to the host. Default: 5 % of it, at most 1 GiB. */
  Optional<ByteSize> diskReserve();

  /**
   * Removes everything that Docto keeps on this node, then does nothing more: for a node, or a
   * cluster, that Hydra leaves.
   */
  @WithDefault("false")
  boolean removeData();
}
