package io.hydra.docto.place;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import io.hydra.model.ReleaseRef;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Map<ChannelId, ReleaseRef> named = new ConcurrentHashMap<>();
  private final Map<ChannelId, Set<Digest>> contents = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public LiveFiles(NodeLayout layout, ObjectMapper json) {
    this.layout = layout;
    this.json = json;
  }

  /** Told when the files name something else than before. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Reads what an earlier run left. A file that is not one of ours names nothing. */
  public void open() throws IOException {
    for (var file : written()) {
      var release = read(file, channelOf(file).orElseThrow());
      release.ifPresent(this::remember);
      if (release.isEmpty()) {
        LOG.warnf("code=STORAGE_FAILED '%s' is no live file of its channel", file);
      }
    }
  }

  private Optional<LiveFile> read(Path file, ChannelId channel) throws IOException {
    try {
      return Optional.ofNullable(json.readValue(Files.readAllBytes(file), LiveFile.class))
          .filter(live -> channel.equals(live.channel()) && Objects.nonNull(live.version()));
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
  }

  private void remember(LiveFile live) {
    named.put(live.channel(), new ReleaseRef(live.sequence(), live.version()));
    contents.put(
        live.channel(),
        Stream.ofNullable(live.datasets())
            .flatMap(datasets -> datasets.values().stream())
            .filter(Objects::nonNull)
            .map(LiveDataset::digest)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** The release that each channel's file names. */
  public Map<ChannelId, ReleaseRef> named() {
    return Map.copyOf(named);
  }

  /** Contents of all releases that the files name. */
  public Set<Digest> contents() {
    return contents.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
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
    var description = describe(release);
    var bytes = json.writeValueAsBytes(description);
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    DurableFiles.replace(file, bytes);
    remember(description);
    listeners.forEach(Runnable::run);
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
        var channel = channelOf(file).orElseThrow();
        named.remove(channel);
        contents.remove(channel);
        listeners.forEach(Runnable::run);
        LOG.infof("channel=%s is no longer live on this node", channel);
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

  private Optional<ChannelId> channelOf(Path file) {
    var below = layout.live().relativize(file).toString();
    if (!below.endsWith(".json") || below.split("/", -1).length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(ChannelId.parse(below.substring(0, below.length() - ".json".length())));
    } catch (HydraException foreign) {
      return Optional.empty();
    }
  }
}
