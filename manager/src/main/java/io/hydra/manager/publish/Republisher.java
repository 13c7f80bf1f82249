package io.hydra.manager.publish;

import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RepublishRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Releases the content of an existing release again, from its manifests: nothing is looked for at
 * its sources, and nodes that have the content fetch nothing.
 */
@ApplicationScoped
public class Republisher {
  private final Channels channels;
  private final Appender appender;
  private final Clock clock;

  Republisher(Channels channels, Appender appender, Clock clock) {
    this.channels = channels;
    this.appender = appender;
    this.clock = clock;
  }

  /**
   * Who asks for content that is older than the head, or was rejected, means it.
   *
   * @param by who publishes
   * @param idempotencyKey names this publish, so that sending it again gives the same release
   * @throws HydraException {@code UNKNOWN_CHANNEL}, {@code UNKNOWN_RELEASE}
   */
  public PublishResult republish(
      ChannelId id, RepublishRequest request, String by, Optional<String> idempotencyKey) {
    var channel = channels.require(id).channel();
    var key = idempotencyKey.map(k -> appender.key(k, request.withoutDryRun()));
    var repeated = key.flatMap(k -> Appender.repeated(channel, k));
    if (repeated.isPresent()) {
      return new PublishResult(repeated.get(), false);
    }
    var original = channels.require(request.from().orElse(id)).channel().release(request.version());
    var draft = ReleaseDraft.again(original, request.as(), clock.instant());
    if (request.dryRun()) {
      return new PublishResult(draft.existing(channel).orElseGet(() -> draft.next(channel)), false);
    }
    var manifests =
        original.datasets().stream()
            .map(ReleaseDataset::digest)
            .distinct()
            .map(channels::manifest)
            .toList();
    return appender.append(id, draft, manifests, by, key);
  }
}
