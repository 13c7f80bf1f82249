package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.layout.NodeLayout;
import io.hydra.model.PlacedDataset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a release's data lies on this node. Docto brings a dataset's directory by rename, so one
 * that exists is complete.
 */
public record NodeData(NodeLayout layout) {

  /** Empty for a RAM dataset on a node without a RAM root. */
  public Optional<Path> path(PlacedDataset dataset) {
    return switch (dataset.placement()) {
      case DISK -> Optional.of(layout.store(dataset.digest()));
      case RAM -> layout.ram(dataset.digest());
    };
  }

  /** The datasets that are not there, and where they are expected. */
  public List<String> missing(ReleaseSet release) {
    return release.datasets().stream()
        .filter(dataset -> path(dataset).filter(NodeData::isThere).isEmpty())
        .map(this::describe)
        .toList();
  }

  public boolean hasAllOf(ReleaseSet release) {
    return missing(release).isEmpty();
  }

  private String describe(PlacedDataset dataset) {
    return "'%s' (%s)"
        .formatted(
            dataset.name(),
            path(dataset).map(Path::toString).orElse("RAM, but hydra.ram-root is not set"));
  }

  /** A link could lead anywhere; Docto makes none here. */
  private static boolean isThere(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
