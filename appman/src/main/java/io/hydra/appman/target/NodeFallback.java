package io.hydra.appman.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.error.HydraException;
import io.hydra.layout.LiveFile;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The last good release of the node, for an instance that starts while the manager is gone. */
public final class NodeFallback {
  private static final Logger LOG = Logger.getLogger(NodeFallback.class);

  private final NodeLayout layout;
  private final ChannelId channel;
  private final ObjectMapper json;

  public NodeFallback(NodeLayout layout, ChannelId channel, ObjectMapper json) {
    this.layout = layout;
    this.channel = channel;
    this.json = json;
  }

  public Optional<Move> move() {
    var file = layout.live(channel);
    try {
      var live = json.readValue(Files.readAllBytes(file), LiveFile.class);
      return live.channel().equals(channel)
          ? Optional.of(Move.restoring(release(live)))
          : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | HydraException e) {
      LOG.debugf(e, "cannot read the node's last good release path=%s", file);
      return Optional.empty();
    }
  }

  private static ReleaseSet release(LiveFile live) {
    var datasets =
        live.datasets().entrySet().stream()
            .map(
                entry ->
                    new PlacedDataset(
                        entry.getKey(), entry.getValue().digest(), entry.getValue().placement()))
            .sorted(Comparator.comparing(PlacedDataset::name))
            .toList();
    return new ReleaseSet(new ReleaseRef(live.sequence(), live.version()), datasets);
  }
}
