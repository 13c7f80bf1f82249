package io.hydra.testing.bench;

import io.hydra.model.Placement;
import io.hydra.testing.s3.S3Access;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Docto that has just started on an empty store, has fetched one small dataset, as one that runs
 * for a while has, and is ordered to have another one besides.
 *
 * @param datasets that of each work
 * @param first the small one
 * @param server the S3 server
 */
record DoctoFetch(
    Side side,
    S3Access s3,
    Map<FetchWork, FrozenDataset> datasets,
    FrozenDataset first,
    ProcessUse server)
    implements Fetching {
  @Override
  public String title() {
    return FetchResults.agent(side);
  }

  @Override
  public FetchSample fetch(FetchWork work, Path into) throws IOException {
    var dataset =
        Optional.ofNullable(datasets.get(work))
            .orElseThrow(() -> new IOException("nothing is published of " + work.title()));
    try (var node = new DoctoNode(side, s3, into, Optional.empty())) {
      node.start();
      var unused = node.awaitLive(node.order(List.of(first), Placement.DISK));
      node.awaitReported(List.of(first));
      node.awaitAsked();
      var use = node.use();
      var before = use.processorTime();
      var serverBefore = server.processorTime();
      long began = System.nanoTime();
      var release = node.order(List.of(first, dataset), Placement.DISK);
      var wall = Duration.ofNanos(node.awaitLive(release) - began);
      node.awaitReported(List.of(dataset));
      var after = use.processorTime();
      return new FetchSample(
          wall,
          after.minus(before),
          after,
          use.memory().peak(),
          server.processorTime().minus(serverBefore));
    }
  }
}
