package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DataTemplate;
import io.hydra.model.InlineFile;
import io.hydra.model.Manifest;
import io.hydra.model.TemplateDataset;
import io.hydra.model.VersionScheme;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns a data template into the next release of a channel. */
@ApplicationScoped
public class Publisher {
  private static final Logger LOG = Logger.getLogger(Publisher.class);

  private static final TemplateDataset NOTHING_SAID =
      new TemplateDataset(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  private final Channels channels;
  private final VersionResolver resolver;
  private final Sources sources;
  private final Appender appender;
  private final Clock clock;

  Publisher(
      Channels channels,
      VersionResolver resolver,
      Sources sources,
      Appender appender,
      Clock clock) {
    this.channels = channels;
    this.resolver = resolver;
    this.sources = sources;
    this.appender = appender;
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
    var key = idempotencyKey.map(k -> appender.key(k, request));
    var repeated = key.flatMap(k -> Appender.repeated(channel, k));
    if (repeated.isPresent()) {
      return new PublishResult(repeated.get(), false);
    }
    var template = DataTemplate.check(written(request));
    var frozen = freeze(resolve(template, request, channel));
    var draft =
        ReleaseDraft.of(frozen.stream().map(Resolved.Frozen::dataset).toList(), clock.instant());
    if (request.dryRun()) {
      return new PublishResult(draft.existing(channel).orElseGet(() -> draft.next(channel)), false);
    }
    if (known.isEmpty()) {
      create(channel.created(clock.instant(), by));
    }
    return appender.append(
        id, draft, frozen.stream().map(Resolved.Frozen::manifest).toList(), by, key);
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
        resolved, r -> r.entry().name(), r -> new Resolved.Frozen(r, freeze(r)));
  }

  private Manifest freeze(Resolved resolved) {
    var inline = resolved.entry().inline();
    return inline.isEmpty()
        ? sources.of(resolved.source()).freeze(resolved.source())
        : new Manifest(inline.stream().map(InlineFile::frozen).toList());
  }
}
