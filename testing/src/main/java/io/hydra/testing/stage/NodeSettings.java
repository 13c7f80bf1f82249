package io.hydra.testing.stage;

import java.util.Optional;

/**
 * A node to be started.
 *
 * @param ramCapacity how many bytes its RAM root may hold; as much as there is when empty
 * @param diskCapacity how many bytes its root may hold; as much as there is when empty
 */
public record NodeSettings(String name, Optional<Long> ramCapacity, Optional<Long> diskCapacity) {
  public static NodeSettings roomy(String name) {
    return new NodeSettings(name, Optional.empty(), Optional.empty());
  }

  /** The same with a limit for its RAM root, in bytes. */
  public NodeSettings withRam(long bytes) {
    return new NodeSettings(name, Optional.of(bytes), diskCapacity);
  }

  /** The same with a limit for its root, in bytes. */
  public NodeSettings withDisk(long bytes) {
    return new NodeSettings(name, ramCapacity, Optional.of(bytes));
  }
}
