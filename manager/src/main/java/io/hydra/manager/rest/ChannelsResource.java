package io.hydra.manager.rest;

import io.hydra.api.ChannelsApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.audit.AuditWords;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.ChannelViews;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.discovery.ChannelUse;
import io.hydra.manager.explain.Explainer;
import io.hydra.manager.explain.Foresight;
import io.hydra.manager.explain.StatusReader;
import io.hydra.manager.identity.Access;
import io.hydra.manager.identity.Caller;
import io.hydra.manager.identity.Role;
import io.hydra.manager.publish.Publisher;
import io.hydra.manager.publish.Republisher;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Explanation;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.Page;
import io.hydra.wire.PinRequest;
import io.hydra.wire.PromoteRequest;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RejectRequest;
import io.hydra.wire.ReleasePlan;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RepublishRequest;
import io.hydra.wire.RollbackRequest;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;

@RunOnVirtualThread
@CustomDeserialization(StrictBodies.class)
class ChannelsResource implements ChannelsApi {
  private final Channels channels;
  private final Publisher publisher;
  private final Republisher republisher;
  private final ChannelUse use;
  private final StatusReader statusReader;
  private final Explainer explainer;
  private final Foresight foresight;
  private final Clock clock;
  private final Creation creation;
  private final Access access;
  private final AuditNote audit;
  private final Staleness staleness;

  ChannelsResource(
      Channels channels,
      Publisher publisher,
      Republisher republisher,
      ChannelUse use,
      StatusReader statusReader,
      Explainer explainer,
      Foresight foresight,
      Clock clock,
      Creation creation,
      Access access,
      AuditNote audit,
      Staleness staleness) {
    this.channels = channels;
    this.publisher = publisher;
    this.republisher = republisher;
    this.use = use;
    this.statusReader = statusReader;
    this.explainer = explainer;
    this.foresight = foresight;
    this.clock = clock;
    this.creation = creation;
    this.access = access;
    this.audit = audit;
    this.staleness = staleness;
  }

  /** What is read afterwards holds all that was committed before, or is said to be stale. */
  private void catchUp() {
    if (!channels.catchUp()) {
      staleness.noted();
    }
  }

  private Versioned read(String env, String namespace, String name) {
    catchUp();
    return channels.require(new ChannelId(env, namespace, name));
  }

  @Override
  public Page<ChannelView> list(
      Optional<String> env, Optional<String> namespace, Optional<String> cursor, int limit) {
    catchUp();
    var views =
        channels.all().stream()
            .filter(v -> access.sees(v.channel().id()))
            .filter(v -> env.isEmpty() || v.channel().id().env().equals(env.get()))
            .filter(
                v -> namespace.isEmpty() || v.channel().id().namespace().equals(namespace.get()))
            .sorted(Comparator.comparing(v -> v.channel().id()))
            .map(ChannelViews::of)
            .toList();
    return Paging.page(views, v -> v.id().toString(), cursor, limit);
  }

  @Override
  public ChannelView get(String env, String namespace, String name) {
    return ChannelViews.of(read(env, namespace, name));
  }

  @Override
  public ChannelView put(
      String env,
      String namespace,
      String name,
      Optional<String> ifMatch,
      ChannelSettings settings) {
    var id = new ChannelId(env, namespace, name);
    Limits.check(Required.body(settings));
    return channels
        .find(id)
        .map(known -> update(known, ifMatch, settings))
        .orElseGet(() -> create(id, ifMatch, settings));
  }

  private ChannelView create(ChannelId id, Optional<String> ifMatch, ChannelSettings settings) {
    if (ifMatch.isPresent()) {
      throw absent(id);
    }
    access.require(Role.PUBLISHER, id);
    var created = channels.create(Channel.create(id, settings).created(clock.instant(), caller()));
    audit.after(AuditWords.whole(created.channel()));
    creation.happened("/api/v1/channels/" + id);
    return ChannelViews.of(created);
  }

  private ChannelView update(Versioned known, Optional<String> ifMatch, ChannelSettings settings) {
    var seen = known.channel();
    var id = seen.id();
    access.require(Role.OPERATOR, id);
    var condition = new IfMatch(ifMatch);
    var caller = caller();
    return ChannelViews.of(
        channels.update(
            id,
            condition.guard(
                known,
                channel -> {
                  var changed =
                      channel
                          .withSettings(settings)
                          .changedFrom(channel, clock.instant(), caller, Cause.CREATED);
                  audit.before(AuditWords.whole(channel));
                  audit.after(AuditWords.whole(changed));
                  return changed;
                })));
  }

  /** A channel that is not there is at no revision, unless it cannot be there. */
  private HydraException absent(ChannelId id) {
    try {
      return IfMatch.failed(channels.require(id).channel().id());
    } catch (HydraException unknown) {
      return unknown.code() == ErrorCode.UNKNOWN_CHANNEL ? IfMatch.failed(id) : unknown;
    }
  }

  @Override
  public void delete(String env, String namespace, String name, Optional<String> ifMatch) {
    var found = channels.require(new ChannelId(env, namespace, name));
    var id = found.channel().id();
    var condition = new IfMatch(ifMatch);
    condition.require(found);
    audit.before(AuditWords.whole(found.channel()));
    use.unlessUsed(id, () -> condition.carryOut(id, () -> channels.delete(id, found.revision())));
  }

  @Override
  public PublishResult publish(
      String env,
      String namespace,
      String name,
      Optional<String> idempotencyKey,
      PublishRequest request) {
    var id = new ChannelId(env, namespace, name);
    noteBefore(id);
    return told(id, publisher.publish(id, Required.body(request), caller(), idempotencyKey));
  }

  @Override
  public PublishResult republish(
      String env,
      String namespace,
      String name,
      Optional<String> idempotencyKey,
      RepublishRequest request) {
    var id = new ChannelId(env, namespace, name);
    Required.field("version", Required.body(request).version());
    request.from().ifPresent(from -> access.require(Role.VIEWER, from));
    noteBefore(id);
    return told(id, republisher.republish(id, request, caller(), idempotencyKey));
  }

  private void noteBefore(ChannelId id) {
    channels.find(id).ifPresent(known -> audit.before(AuditWords.of(known.channel())));
  }

  private PublishResult told(ChannelId id, PublishResult result) {
    var heads = channels.find(id).map(known -> "; " + AuditWords.of(known.channel())).orElse("");
    audit.after(
        "release=%s created=%s%s".formatted(result.release().version(), result.created(), heads));
    if (result.created()) {
      creation.happened(
          "/api/v1/channels/%s/releases/%s".formatted(id, result.release().version()));
    }
    return result;
  }

  @Override
  public ReleasePlan plan(String env, String namespace, String name, PublishRequest request) {
    var id = new ChannelId(env, namespace, name);
    var planned = publisher.plan(id, Required.body(request), Optional.empty());
    return foresight.of(planned.channel(), planned.release());
  }

  @Override
  public Page<ReleaseView> releases(
      String env, String namespace, String name, Optional<String> cursor, int limit) {
    var channel = read(env, namespace, name).channel();
    var views =
        channel.releases().reversed().stream().map(r -> ChannelViews.of(channel, r)).toList();
    // The cursor sorts like the list: newest first.
    return Paging.page(
        views, v -> "%019d".formatted(Long.MAX_VALUE - v.release().sequence()), cursor, limit);
  }

  @Override
  public ReleaseView release(String env, String namespace, String name, String version) {
    var channel = read(env, namespace, name).channel();
    return ChannelViews.of(channel, channel.release(ReleaseVersion.of(version)));
  }

  @Override
  public ChannelView pin(
      String env, String namespace, String name, Optional<String> ifMatch, PinRequest request) {
    var version = Required.field("version", Required.body(request).version());
    return change(
        new ChannelId(env, namespace, name),
        ifMatch,
        Cause.PINNED,
        c -> c.pinTo(version, request.scope()));
  }

  @Override
  public ChannelView unpin(
      String env, String namespace, String name, Optional<String> ifMatch, Optional<String> scope) {
    var part = scope.map(ScopeName::of);
    return change(new ChannelId(env, namespace, name), ifMatch, Cause.UNPINNED, c -> c.unpin(part));
  }

  @Override
  public ChannelView rollback(
      String env,
      String namespace,
      String name,
      Optional<String> ifMatch,
      RollbackRequest request) {
    var to = Required.body(request).to();
    return change(
        new ChannelId(env, namespace, name),
        ifMatch,
        Cause.ROLLED_BACK,
        c ->
            request
                .scope()
                .map(scope -> c.rollbackIn(scope, to, clock.instant()))
                .orElseGet(() -> c.rollback(to, clock.instant())));
  }

  @Override
  public ChannelView promote(
      String env, String namespace, String name, Optional<String> ifMatch, PromoteRequest request) {
    var version = Required.body(request).version();
    return change(
        new ChannelId(env, namespace, name),
        ifMatch,
        Cause.PROMOTED,
        c ->
            request.scope().isPresent()
                ? c.promoteIn(request.scope(), version)
                : c.promote(version));
  }

  @Override
  public ChannelView reject(
      String env, String namespace, String name, Optional<String> ifMatch, RejectRequest request) {
    var version = Required.field("version", Required.body(request).version());
    Limits.checkReason(request.reason());
    var reason = request.reason().filter(text -> !text.isBlank()).orElse("rejected by hand");
    return change(
        new ChannelId(env, namespace, name),
        ifMatch,
        Cause.REJECTED,
        c -> c.reject(c.release(version).sequence(), reason, clock.instant()));
  }

  @Override
  public Page<HeadChange> history(String env, String namespace, String name) {
    var channel = read(env, namespace, name).channel();
    return new Page<>(channel.history().changes().reversed(), Optional.empty());
  }

  @Override
  public HeadAt headAt(
      String env, String namespace, String name, Optional<String> at, Optional<String> scope) {
    var time = at.map(text -> Times.instant("at", text)).orElseGet(clock::instant);
    return read(env, namespace, name).channel().headAt(time, scope.map(ScopeName::of));
  }

  @Override
  public ChannelStatus status(String env, String namespace, String name) {
    return statusReader.status(
        channels.require(new ChannelId(env, namespace, name)).channel().id());
  }

  @Override
  public Explanation explain(
      String env,
      String namespace,
      String name,
      Optional<String> version,
      Optional<String> node,
      Optional<String> instance) {
    return explainer.explain(
        channels.require(new ChannelId(env, namespace, name)).channel().id(),
        version.map(ReleaseVersion::of),
        node.map(NodeName::of),
        instance.map(InstanceId::of));
  }

  private String caller() {
    return access.caller().map(Caller::name).orElse("unknown");
  }

  private ChannelView change(
      ChannelId id, Optional<String> ifMatch, Cause cause, UnaryOperator<Channel> change) {
    var by = caller();
    UnaryOperator<Channel> noted =
        channel -> {
          var changed = change.apply(channel).changedFrom(channel, clock.instant(), by, cause);
          audit.before(AuditWords.of(channel));
          audit.after(AuditWords.of(changed));
          return changed;
        };
    var guarded =
        ifMatch.isPresent() ? new IfMatch(ifMatch).guard(channels.require(id), noted) : noted;
    return ChannelViews.of(channels.update(id, guarded));
  }
}
