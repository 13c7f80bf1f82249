package io.hydra.manager.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.channel.PublishKey;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.Release;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.PublishResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Appends a release to its channel, once for each idempotency key. */
@ApplicationScoped
class Appender {
  private static final Logger LOG = Logger.getLogger(Appender.class);

  private static final int MAX_KEY_LENGTH = 255;

  private final Channels channels;
  private final ObjectMapper mapper;

  Appender(Channels channels, ObjectMapper mapper) {
    this.channels = channels;
    this.mapper = mapper;
  }

  /**
   * What remembers that this request was made.
   *
   * @param key as the client sent it
   * @throws HydraException {@code INVALID_REQUEST} for one that is blank or too long
   */
  PublishKey key(String key, Object request) {
    if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "an idempotency key has 1 to %d characters".formatted(MAX_KEY_LENGTH));
    }
    return new PublishKey(key, hash(request), 0);
  }

  /**
   * The release that this request has made before.
   *
   * @throws HydraException {@code IDEMPOTENCY_KEY_REUSED} where another request had the key, {@code
   *     UNKNOWN_RELEASE} where the channel has forgotten the release since
   */
  static Optional<Release> repeated(Channel channel, PublishKey key) {
    var known = channel.idempotency().find(key.key());
    if (known.isPresent() && !known.get().requestHash().equals(key.requestHash())) {
      throw new HydraException(
          ErrorCode.IDEMPOTENCY_KEY_REUSED, "the idempotency key was used for another publish");
    }
    return known.map(
        k -> channel.release(k.sequence()).orElseThrow(() -> forgotten(channel, k.sequence())));
  }

  /** It was done, and is not done again. */
  private static HydraException forgotten(Channel channel, long sequence) {
    return new HydraException(
        ErrorCode.UNKNOWN_RELEASE,
        "this publish has made release number %d of channel %s, which the channel does not keep any more; publish it again with another idempotency key"
            .formatted(sequence, channel.id()),
        Map.of("channel", channel.id().toString()));
  }

  /**
   * @param manifests of the draft's datasets
   * @param by who publishes
   */
  PublishResult append(
      ChannelId id,
      ReleaseDraft draft,
      List<Manifest> manifests,
      String by,
      Optional<PublishKey> key) {
    var result = new AtomicReference<@Nullable PublishResult>();
    channels.update(
        id,
        manifests,
        channel -> {
          var again = key.flatMap(k -> repeated(channel, k)).or(() -> draft.existing(channel));
          if (again.isPresent()) {
            result.set(new PublishResult(again.get(), false));
            return key.map(k -> remember(channel, k, again.get())).orElse(channel);
          }
          var release = draft.next(channel);
          result.set(new PublishResult(release, true));
          return channel
              .append(release, key.map(k -> at(k, release)))
              .changedFrom(channel, draft.now(), by, Cause.PUBLISHED);
        });
    var done = Objects.requireNonNull(result.get());
    LOG.infof(
        "channel=%s release=%s %s",
        id, done.release().ref(), done.created() ? "published" : "is there already");
    return done;
  }

  private static Channel remember(Channel channel, PublishKey key, Release release) {
    return channel.idempotency().find(key.key()).isPresent()
        ? channel
        : channel.remembering(at(key, release));
  }

  private static PublishKey at(PublishKey key, Release release) {
    return new PublishKey(key.key(), key.requestHash(), release.sequence());
  }

  private String hash(Object request) {
    try {
      return Digest.sha256(mapper.writeValueAsBytes(request)).brief();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
