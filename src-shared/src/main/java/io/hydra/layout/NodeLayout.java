package io.hydra.layout;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where things lie on a node.
 *
 * <pre>
 * ROOT/store/DIGEST/…                    committed content, read-only, always a directory
 * ROOT/staging/DIGEST/…                  what is being fetched, with its journal
 * ROOT/state/…                           Docto's own notes
 * ROOT/live/ENV/NAMESPACE/NAME.json      the node's last good release of a channel: a {@link LiveFile}
 * RAM_ROOT/DIGEST/…                      the same content in RAM
 * </pre>
 */
public record NodeLayout(Path root, Optional<Path> ramRoot) {
  public Path store() {
    return root.resolve("store");
  }

  public Path store(Digest digest) {
    return store().resolve(digest.hex());
  }

  public Path staging() {
    return root.resolve("staging");
  }

  public Path staging(Digest digest) {
    return staging().resolve(digest.hex());
  }

  public Path state() {
    return root.resolve("state");
  }

  public Path live() {
    return root.resolve("live");
  }

  public Path live(ChannelId channel) {
    return live()
        .resolve(channel.env())
        .resolve(channel.namespace())
        .resolve(channel.name() + ".json");
  }

  /** Empty on a node without a RAM root. */
  public Optional<Path> ram(Digest digest) {
    return ramRoot.map(ram -> ram.resolve(digest.hex()));
  }
}
