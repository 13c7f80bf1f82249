package io.hydra.appman.support;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.layout.LiveFile;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** A node whose Docto is played by the test: data comes and goes as it says. */
public final class FakeNode {
  public static final ChannelId CHANNEL = ChannelId.parse("test/search/searcher");

  private final NodeLayout layout;

  public FakeNode(Path directory) {
    layout = new NodeLayout(directory.resolve("root"), Optional.of(directory.resolve("ram")));
  }

  public NodeLayout layout() {
    return layout;
  }

  /** A release of one dataset on disk and one in RAM, both with content of their own. */
  public static ReleaseSet release(int sequence) {
    return release(sequence, "content-" + sequence);
  }

  /** A release whose content depends on the text alone. */
  public static ReleaseSet release(int sequence, String content) {
    return new ReleaseSet(
        new ReleaseRef(
            sequence, new ReleaseVersion("2026-11-%02dT09-00-00".formatted(sequence % 28 + 1))),
        List.of(
            new PlacedDataset(new DatasetName("index"), digest(content + "/index"), Placement.DISK),
            new PlacedDataset(
                new DatasetName("model"), digest(content + "/model"), Placement.RAM)));
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Has all of the release. */
  public void bring(ReleaseSet release) {
    release.datasets().forEach(this::bring);
  }

  private void bring(PlacedDataset dataset) {
    try {
      var path = path(dataset);
      Files.createDirectories(path);
      Files.writeString(path.resolve("digest"), dataset.digest().hex());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has nothing of the release any more. */
  public void evict(ReleaseSet release) {
    release.datasets().forEach(this::evict);
  }

  private void evict(PlacedDataset dataset) {
    try {
      Files.deleteIfExists(path(dataset).resolve("digest"));
      Files.deleteIfExists(path(dataset));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path(PlacedDataset dataset) {
    return switch (dataset.placement()) {
      case DISK -> layout.store(dataset.digest());
      case RAM -> layout.ram(dataset.digest()).orElseThrow();
    };
  }

  /** Names the release as the node's last good one. */
  public void live(ReleaseSet release) {
    var datasets = new HashMap<DatasetName, LiveFile.LiveDataset>();
    for (var dataset : release.datasets()) {
      datasets.put(
          dataset.name(),
          new LiveFile.LiveDataset(
              path(dataset).toString(), dataset.digest(), dataset.placement()));
    }
    var file =
        new LiveFile(CHANNEL, release.ref().version(), release.ref().sequence(), 7, datasets);
    try {
      Files.createDirectories(layout.live(CHANNEL).getParent());
      Files.write(layout.live(CHANNEL), HydraJson.mapper().writeValueAsBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
