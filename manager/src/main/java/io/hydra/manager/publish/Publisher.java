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
import io.hydra.model.Release;
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
    if (request.dryRun()) {
      return new PublishResult(plan(id, request, idempotencyKey).release(), false);
    }
    var known = known(id, request);
    var channel = known.orElseGet(() -> unmade(id));
    var key = idempotencyKey.map(k -> appender.key(k, request));
    var repeated = key.flatMap(k -> Appender.repeated(channel, k));
    if (repeated.isPresent()) {
      return new PublishResult(repeated.get(), false);
    }
    var frozen = frozen(request, channel);
    var draft = draft(frozen);
    if (known.isEmpty()) {
      create(channel.created(clock.instant(), by));
    }
    return appender.append(
        id, draft, frozen.stream().map(Resolved.Frozen::manifest).toList(), by, key);
  }

  /**
   * What a publish would answer, and the channel that it would append to, as it is once all that is
   * slow is done. Changes nothing.
   */
  public Planned plan(ChannelId id, PublishRequest request, Optional<String> idempotencyKey) {
    var before = known(id, request).orElseGet(() -> unmade(id));
    var key = idempotencyKey.map(k -> appender.key(k, request.withoutDryRun()));
    var repeated = key.flatMap(k -> Appender.repeated(before, k));
    if (repeated.isPresent()) {
      return new Planned(before, repeated.get());
    }
    var draft = draft(frozen(request, before));
    // Others may have published meanwhile, or made the channel anew.
    var now = known(id, request).orElseGet(() -> unmade(id));
    return new Planned(now, draft.existing(now).orElseGet(() -> draft.next(now)));
  }

  /**
   * @param channel as it is without the publish
   * @param release that the publish would append, or that the channel has
   */
  public record Planned(Channel channel, Release release) {}

  private static Channel unmade(ChannelId id) {
    return Channel.create(id, ChannelSettings.DEFAULT);
  }

  private List<Resolved.Frozen> frozen(PublishRequest request, Channel channel) {
    var template = DataTemplate.check(written(request));
    return freeze(resolve(template, request, channel));
  }

  private ReleaseDraft draft(List<Resolved.Frozen> frozen) {
    return ReleaseDraft.of(frozen.stream().map(Resolved.Frozen::dataset).toList(), clock.instant());
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
