package io.hydra.docto.place;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.error.HydraException;
import io.hydra.layout.LiveFile;
import io.hydra.layout.LiveFile.LiveDataset;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The node's last good release of each channel, for pods that (re)start while the manager is gone.
 * A file is replaced only when every path in it is complete.
 */
@Singleton
public final class LiveFiles {
  private static final Logger LOG = Logger.getLogger(LiveFiles.class);

  private final NodeLayout layout;
  private final ObjectMapper json;

  public LiveFiles(NodeLayout layout, ObjectMapper json) {
    this.layout = layout;
    this.json = json;
  }

  /** Writes what is live and whole; removes channels that are gone once the order is complete. */
  public void bringUpToDate(NodeDesired desired, Map<Digest, Content> actual) throws IOException {
    for (var release : desired.live()) {
      if (release.datasets().stream().allMatch(dataset -> whole(dataset, actual))) {
        write(release);
      }
    }
    if (desired.complete()) {
      removeAllBut(desired.live());
    }
  }

  private static boolean whole(PlacedDataset dataset, Map<Digest, Content> actual) {
    var content = actual.getOrDefault(dataset.digest(), Content.absent(dataset.digest()));
    return content.disk() instanceof DiskCopy.Ready
        && switch (dataset.placement()) {
          case DISK -> true;
          case RAM -> content.ram() instanceof RamCopy.Ready;
        };
  }

  private void write(LiveRelease release) throws IOException {
    var file = layout.live(release.channel());
    var bytes = json.writeValueAsBytes(describe(release));
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    DurableFiles.replace(file, bytes);
    LOG.infof(
        "channel=%s release=%s epoch=%d is live on this node",
        release.channel(), release.release().version(), release.epoch());
  }

  private LiveFile describe(LiveRelease release) {
    var datasets = new LinkedHashMap<DatasetName, LiveDataset>();
    for (var dataset : release.datasets()) {
      datasets.put(
          dataset.name(),
          new LiveDataset(pathOf(dataset).toString(), dataset.digest(), dataset.placement()));
    }
    return new LiveFile(
        release.channel(),
        release.release().version(),
        release.release().sequence(),
        release.epoch(),
        datasets);
  }

  private Path pathOf(PlacedDataset dataset) {
    return dataset.placement() == Placement.RAM
        ? layout.ram(dataset.digest()).orElseThrow()
        : layout.store(dataset.digest());
  }

  private void removeAllBut(List<LiveRelease> live) throws IOException {
    var kept = live.stream().map(r -> layout.live(r.channel())).collect(Collectors.toSet());
    for (var file : written()) {
      if (!kept.contains(file)) {
        Files.delete(file);
        LOG.infof("channel=%s is no longer live on this node", channelOf(file).orElse("?"));
      }
    }
  }

  private List<Path> written() throws IOException {
    if (!Files.isDirectory(layout.live())) {
      return List.of();
    }
    try (var files = Files.find(layout.live(), 3, (path, kind) -> kind.isRegularFile())) {
      return files.filter(path -> channelOf(path).isPresent()).toList();
    }
  }

  private Optional<String> channelOf(Path file) {
    var below = layout.live().relativize(file).toString();
    if (!below.endsWith(".json") || below.split("/", -1).length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ChannelId.parse(below.substring(0, below.length() - ".json".length())).toString());
    } catch (HydraException foreign) {
      return Optional.empty();
    }
  }
}
