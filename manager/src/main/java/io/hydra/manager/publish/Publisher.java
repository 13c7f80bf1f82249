package io.hydra.manager.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channel.PublishKey;
import io.hydra.manager.channel.Channels;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DataTemplate;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.TemplateDataset;
import io.hydra.model.VersionScheme;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns a data template into the next release of a channel. */
@ApplicationScoped
public class Publisher {
  private static final Logger LOG = Logger.getLogger(Publisher.class);

  private static final int MAX_KEY_LENGTH = 255;
  private static final TemplateDataset NOTHING_SAID =
      new TemplateDataset(Optional.empty(), Optional.empty(), Map.of());

  private final Channels channels;
  private final VersionResolver resolver;
  private final Sources sources;
  private final ObjectMapper mapper;
  private final Clock clock;

  Publisher(
      Channels channels,
      VersionResolver resolver,
      Sources sources,
      ObjectMapper mapper,
      Clock clock) {
    this.channels = channels;
    this.resolver = resolver;
    this.sources = sources;
    this.mapper = mapper;
    this.clock = clock;
  }

  /**
   * Checks, resolves, freezes and appends. All that is slow happens before the channel's state is
   * touched.
   *
   * @param by who publishes
   * @param idempotencyKey names this publish, so that sending it again gives the same release
   */
  public PublishResult publish(
      ChannelId id, PublishRequest request, String by, Optional<String> idempotencyKey) {
    var known = known(id, request);
    var channel = known.orElseGet(() -> Channel.create(id, ChannelSettings.DEFAULT));
    idempotencyKey.ifPresent(Publisher::checkKey);
    var key = idempotencyKey.map(k -> new PublishKey(k, hash(request), 0));
    var repeated = key.flatMap(k -> repeated(channel, k));
    if (repeated.isPresent()) {
      return new PublishResult(repeated.get(), false);
    }
    var template = DataTemplate.check(written(request));
    var frozen = freeze(resolve(template, request, channel));
    var draft =
        new ReleaseDraft(frozen.stream().map(Resolved.Frozen::dataset).toList(), clock.instant());
    if (request.dryRun()) {
      return new PublishResult(draft.existing(channel).orElseGet(() -> draft.next(channel)), false);
    }
    if (known.isEmpty()) {
      create(channel.created(clock.instant(), by));
    }
    return append(id, draft, frozen, by, key);
  }

  /** Empty where the publish is to make the channel. */
  private Optional<Channel> known(ChannelId id, PublishRequest request) {
    try {
      return Optional.of(channels.require(id).channel());
    } catch (HydraException unknown) {
      if (unknown.code() == ErrorCode.UNKNOWN_CHANNEL && request.createChannel()) {
        return Optional.empty();
      }
      throw unknown;
    }
  }

  private void create(Channel channel) {
    try {
      channels.create(channel);
      LOG.infof("channel=%s created", channel.id());
    } catch (HydraException refused) {
      // Another publish made it meanwhile.
      if (refused.code() != ErrorCode.CONFLICT) {
        throw refused;
      }
    }
  }

  private static void checkKey(String key) {
    if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "an idempotency key has 1 to %d characters".formatted(MAX_KEY_LENGTH));
    }
  }

  /** JSON can say null where a template's entry should stand: an entry that says nothing. */
  private static Map<String, TemplateDataset> written(PublishRequest request) {
    var complete = new LinkedHashMap<String, TemplateDataset>();
    Optional.ofNullable(request.template())
        .orElseThrow(
            () -> new HydraException(ErrorCode.INVALID_REQUEST, "the request has no template"))
        .forEach(
            (name, dataset) ->
                complete.put(name, Optional.ofNullable(dataset).orElse(NOTHING_SAID)));
    return complete;
  }

  private List<Resolved> resolve(DataTemplate template, PublishRequest request, Channel channel) {
    var scheme = channel.settings().versionScheme().orElse(VersionScheme.TIMESTAMP);
    if (request.version().isPresent()) {
      return resolver.exactly(template, request.version().get(), scheme);
    }
    return request.sameVersion()
        ? resolver.same(template, scheme)
        : resolver.newest(template, scheme);
  }

  private List<Resolved.Frozen> freeze(List<Resolved> resolved) {
    return DatasetFailures.collect(
        resolved,
        r -> r.entry().name(),
        r -> new Resolved.Frozen(r, sources.of(r.source()).freeze(r.source())));
  }

  private PublishResult append(
      ChannelId id,
      ReleaseDraft draft,
      List<Resolved.Frozen> frozen,
      String by,
      Optional<PublishKey> key) {
    var result = new AtomicReference<@Nullable PublishResult>();
    channels.update(
        id,
        frozen.stream().map(Resolved.Frozen::manifest).toList(),
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
    boolean known = channel.idempotency().stream().anyMatch(k -> k.key().equals(key.key()));
    return known ? channel : channel.remembering(at(key, release));
  }

  private static PublishKey at(PublishKey key, Release release) {
    return new PublishKey(key.key(), key.requestHash(), release.sequence());
  }

  private static Optional<Release> repeated(Channel channel, PublishKey key) {
    var known = channel.idempotency().stream().filter(k -> k.key().equals(key.key())).findFirst();
    if (known.isPresent() && !known.get().requestHash().equals(key.requestHash())) {
      throw new HydraException(
          ErrorCode.IDEMPOTENCY_KEY_REUSED, "the idempotency key was used for another publish");
    }
    return known.flatMap(k -> channel.release(k.sequence()));
  }

  private String hash(PublishRequest request) {
    try {
      return Digest.sha256(mapper.writeValueAsBytes(request)).brief();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
