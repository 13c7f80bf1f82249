package io.hydra.docto.place;

import io.hydra.layout.NodeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes everything that Docto keeps on a node, for good. What others have put beside it stays.
 */
public record Clearance(NodeLayout layout) {
  /**
   * @return what is left there, of others
   */
  public List<Path> run() throws IOException {
    for (var own : List.of(layout.live(), layout.store(), layout.staging(), layout.state())) {
      Trees.remove(own);
    }
    var left = new ArrayList<>(Trees.children(layout.root()));
    if (layout.ramRoot().isPresent()) {
      left.addAll(clearRam(layout.ramRoot().get()));
    }
    return List.copyOf(left);
  }

  private static List<Path> clearRam(Path root) throws IOException {
    for (var entry : Trees.children(root)) {
      if (DigestNames.of(entry).isPresent()
          || String.valueOf(entry.getFileName()).startsWith(".")) {
        Trees.remove(entry);
      }
    }
    return Trees.children(root);
  }
}
