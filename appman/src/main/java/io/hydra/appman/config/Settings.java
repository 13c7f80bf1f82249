package io.hydra.appman.config;

import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything an AppMan is told, checked.
 *
 * @param directory holds {@code current}, {@code releases/} and {@code state.json}; absolute
 * @param managerGrace see {@link ManagerConfig#grace()}
 * @param stopDeadline see {@link ApplicationConfig#stopDeadline()}
 */
public record Settings(
    InstanceId instance,
    ChannelId channel,
    NodeName node,
    NodeLayout layout,
    Path directory,
    URI manager,
    Duration managerGrace,
    ReloadWay reload,
    Hooks hooks,
    Duration stopDeadline,
    Timing timing) {

  /** The application's HTTP hooks that are there in every mode of reload. */
  public record Hooks(
      Optional<URI> loaded,
      Optional<URI> ready,
      Optional<URI> inFlight,
      Duration timeout,
      Duration poll) {}

  /** Limits of a move. */
  public record Timing(Duration settle, Duration drainDeadline, Duration reloadDeadline) {}

  public InstanceRegistration registration() {
    return new InstanceRegistration(instance, channel, node);
  }
}
