package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All state of one channel. Immutable: each change gives a new value, which {@link Channels} stores
 * by compare-and-set. What is said without a scope is about the nodes that no scope has.
 *
 * @param settings complete
 * @param heads where consumers should be; of each scope that the settings name, and of no other
 * @param lastSequence the highest sequence number ever given, so that none is used twice
 * @param releases ordered by sequence, oldest first
 * @param idempotency of recent publishes
 * @param history of heads and pins
 */
public record Channel(
    ChannelId id,
    ChannelSettings settings,
    Heads heads,
    long lastSequence,
    List<Release> releases,
    PublishKeys idempotency,
    HeadHistory history) {

  /** An application's answer may be part of it. */
  private static final int LONGEST_REASON = 500;

  public Channel {
    releases = List.copyOf(releases);
  }

  public static Channel create(ChannelId id, ChannelSettings settings) {
    return new Channel(
            id,
            ChannelSettings.DEFAULT,
            Heads.NONE,
            0,
            List.of(),
            PublishKeys.NONE,
            HeadHistory.NONE)
        .withSettings(settings);
  }

  public Optional<Long> head() {
    return heads.own().head();
  }

  public Optional<Long> pin() {
    return heads.own().pin();
  }

  /** Releases that are never picked by themselves, by sequence number. */
  public Map<Long, Rejection> rejected() {
    return heads.own().rejected();
  }

  /** Whether it may be gone back to: it was the head once, and was not rejected. */
  public boolean wasGood(long sequence) {
    return heads.own().wasGood(sequence);
  }

  public boolean isRejected(long sequence) {
    return heads.own().rejected().containsKey(sequence);
  }

  /**
   * The channel as one of its scopes has it: head, pin and promotion are the scope's. For planning
   * only; it is no channel to be stored.
   *
   * @param scope empty for what no scope has
   */
  public Channel seenFrom(Optional<ScopeName> scope) {
    if (scope.isEmpty()) {
      return this;
    }
    var own = state(scope);
    var seen = own.pinnedTo(own.pin().or(heads.own()::pin));
    return new Channel(
        id,
        ChannelSettings.builder().promotion(promotion(scope)).build().over(settings),
        new Heads(seen, new TreeMap<>()),
        lastSequence,
        releases,
        idempotency,
        history);
  }

  /**
   * Every part of the channel that has a head of its own: its scopes, in their order, and the rest.
   */
  public List<Optional<ScopeName>> parts() {
    return Stream.concat(
            scopeSettings().stream().map(Scope::name).map(Optional::of),
            Stream.of(Optional.<ScopeName>empty()))
        .toList();
  }

  /** In the order in which nodes are held against them. */
  public List<Scope> scopeSettings() {
    return settings.scopes().orElse(List.of());
  }

  /**
   * @throws HydraException {@code UNKNOWN_SCOPE}
   */
  private HeadState state(Optional<ScopeName> scope) {
    return heads.require(id, scope);
  }

  private Channel with(Heads changed) {
    return new Channel(id, settings, changed, lastSequence, releases, idempotency, history);
  }

  /** The same for one part: {@code UNKNOWN_SCOPE} where it is none. */
  private Channel in(Optional<ScopeName> scope, UnaryOperator<HeadState> change) {
    state(scope);
    return with(heads.in(scope, change));
  }

  /** Notes when it was made, and by whom. */
  public Channel created(Instant now, String by) {
    return noting(now, by, Cause.CREATED, parts());
  }

  /**
   * Notes what a change has made of heads and pins; the same channel where all are as before.
   *
   * @param by who made it
   */
  public Channel changedFrom(Channel before, Instant now, String by, Cause cause) {
    var removed = before.parts().stream().filter(part -> heads.find(part).isEmpty()).toList();
    var moved =
        parts().stream()
            .filter(part -> before.heads.find(part).filter(state(part)::aimsLike).isEmpty())
            .toList();
    return noting(now, by, Cause.SCOPE_REMOVED, removed).noting(now, by, cause, moved);
  }

  private Channel noting(Instant now, String by, Cause cause, List<Optional<ScopeName>> parts) {
    var noted = history;
    for (var part : parts) {
      // Whoever was in a scope that is gone follows the channel.
      var state = heads.find(part).orElse(heads.own());
      noted =
          noted.with(
              new HeadChange(now, by, cause, ref(state.head()), ref(state.pin()), part), parts());
    }
    return new Channel(id, settings, heads, lastSequence, releases, idempotency, noted);
  }

  Optional<ReleaseRef> ref(Optional<Long> sequence) {
    return sequence.flatMap(this::release).map(Release::ref);
  }

  /**
   * What consumers should have been on at a time.
   *
   * @param scope empty for those that are in no scope
   * @throws HydraException {@code HISTORY_UNKNOWN} where the channel or the scope was not there
   *     yet, or what held is not remembered any more; {@code UNKNOWN_SCOPE}
   */
  public HeadAt headAt(Instant time, Optional<ScopeName> scope) {
    state(scope);
    return history.headAt(id, time, scope);
  }

  /** A scope that is new begins where the channel is. */
  public Channel withSettings(ChannelSettings changes) {
    var changed = changes.over(settings);
    var names = changed.scopes().orElse(List.of()).stream().map(Scope::name).toList();
    return new Channel(
        id, changed, heads.having(names), lastSequence, releases, idempotency, history);
  }

  /** Whether pods of the namespace may consume it. */
  public boolean admits(String namespace) {
    return id.namespace().equals(namespace)
        || settings
            .consumerNamespaces()
            .filter(
                names -> names.contains(namespace) || names.contains(ChannelSettings.ANY_NAMESPACE))
            .isPresent();
  }

  public Optional<Release> release(long sequence) {
    return releases.stream().filter(r -> r.sequence() == sequence).findFirst();
  }

  /**
   * @throws HydraException {@code UNKNOWN_RELEASE}
   */
  public Release release(ReleaseVersion version) {
    return releases.stream()
        .filter(r -> r.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_RELEASE,
                    "channel %s has no release %s".formatted(id, version),
                    Map.of("channel", id.toString(), "version", version.value())));
  }

  /** The release that a reference points at, while the channel still has it. */
  public Optional<Release> release(ReleaseRef ref) {
    return release(ref.sequence()).filter(r -> r.version().equals(ref.version()));
  }

  public Optional<Release> headRelease() {
    return heads.own().head().flatMap(this::release);
  }

  /** What consumers should be on: the pin, else the head. */
  public Optional<Release> target() {
    return heads.own().target().flatMap(this::release);
  }

  public Optional<Release> newest() {
    return releases.isEmpty() ? Optional.empty() : Optional.of(releases.getLast());
  }

  /** What is to be the head next: the newest release that is staged. */
  public Optional<Release> candidate() {
    return heads.own().candidate(releases);
  }

  /** Whether it may still become the head by being promoted. */
  public boolean isStaged(long sequence) {
    return heads.own().isStaged(sequence);
  }

  /** The promotion that was chosen. */
  public Promotion promotion() {
    return settings.promotion().orElse(Promotion.IMMEDIATE);
  }

  private Promotion promotion(Optional<ScopeName> part) {
    return scopeSettings().stream()
        .filter(scope -> part.filter(scope.name()::equals).isPresent())
        .findFirst()
        .flatMap(Scope::promotion)
        .orElse(promotion());
  }

  /**
   * Appends a release, whose sequence number must be {@code lastSequence + 1}. It is the head at
   * once, or staged, as the promotion of the channel and of each scope says.
   */
  public Channel append(Release release, Optional<PublishKey> key) {
    if (release.sequence() != lastSequence + 1) {
      throw new IllegalArgumentException(
          "sequence " + release.sequence() + " after " + lastSequence);
    }
    var all = new ArrayList<>(releases);
    all.add(release);
    return new Channel(
        id,
        settings,
        heads.append(
            release.sequence(), part -> promotion(part).when() == Promotion.When.IMMEDIATE),
        release.sequence(),
        all,
        key.map(idempotency::with).orElse(idempotency),
        history);
  }

  /**
   * Makes a staged release the head, wherever it is staged. Those that were staged before it are
   * passed over; those that were staged after it stay so. The head itself is promoted already.
   *
   * @param version empty for the newest that is staged anywhere
   * @throws HydraException as {@link HeadChoice#toPromote}
   */
  public Channel promote(Optional<ReleaseVersion> version) {
    var all = new HeadChoice(this, heads.all().toList(), Optional.empty());
    long sequence = all.toPromote(version).sequence();
    return with(
        heads.everywhere(state -> state.isStaged(sequence) ? state.promote(sequence) : state));
  }

  /**
   * The same for one part alone.
   *
   * @param scope empty for what no scope has
   * @throws HydraException {@code UNKNOWN_SCOPE} also
   */
  public Channel promoteIn(Optional<ScopeName> scope, Optional<ReleaseVersion> version) {
    long sequence = choice(scope).toPromote(version).sequence();
    return in(scope, state -> state.isHead(sequence) ? state : state.promote(sequence));
  }

  private HeadChoice choice(Optional<ScopeName> scope) {
    return new HeadChoice(this, List.of(state(scope)), scope);
  }

  /** Notes a key whose publish gave a release that existed already. */
  public Channel remembering(PublishKey key) {
    return new Channel(id, settings, heads, lastSequence, releases, idempotency.with(key), history);
  }

  /**
   * Pins all of the channel but the scopes that have a pin of their own, or one scope.
   *
   * @param scope empty for the channel
   * @throws HydraException {@code UNKNOWN_RELEASE}, {@code UNKNOWN_SCOPE}
   */
  public Channel pinTo(ReleaseVersion version, Optional<ScopeName> scope) {
    var pinned = Optional.of(release(version).sequence());
    return in(scope, state -> state.pinnedTo(pinned));
  }

  /**
   * @param scope empty for the channel's own pin
   * @throws HydraException {@code UNKNOWN_SCOPE}
   */
  public Channel unpin(Optional<ScopeName> scope) {
    return in(scope, state -> state.pinnedTo(Optional.empty()));
  }

  /**
   * Never picked again by itself, in no scope; where it is the head, the head goes back to the
   * newest older release that was the head before and was not rejected, or to nothing.
   */
  public Channel reject(long sequence, String reason, Instant now) {
    var rejection = new Rejection(Beginning.of(reason, LONGEST_REASON), now);
    return with(heads.everywhere(state -> state.reject(sequence, rejection, releases)).abridged());
  }

  /**
   * Makes another release the head, removes its rejection and rejects those that are newer than it.
   * An older release undoes publishes, staged ones too; a newer one, which was rejected, undoes a
   * rollback. Scopes whose head is older stay where they are.
   *
   * @throws HydraException as {@link HeadChoice#toGoBackTo}
   */
  public Channel rollback(Optional<ReleaseVersion> to, Instant now) {
    long goal = choice(Optional.empty()).toGoBackTo(to);
    return with(heads.rollback(goal, rolledBack(now), releases));
  }

  /**
   * The same in one scope alone: other scopes may stay on what is rejected in this one.
   *
   * @throws HydraException {@code UNKNOWN_SCOPE} also
   */
  public Channel rollbackIn(ScopeName scope, Optional<ReleaseVersion> to, Instant now) {
    var part = Optional.of(scope);
    long goal = choice(part).toGoBackTo(to);
    return in(part, state -> state.rollback(goal, rolledBack(now), releases));
  }

  private static Rejection rolledBack(Instant now) {
    return new Rejection("rolled back", now);
  }

  /** Without the releases of these sequence numbers. Heads, pins and candidates stay. */
  public Channel forget(Set<Long> sequences) {
    var kept =
        releases.stream()
            .filter(r -> !sequences.contains(r.sequence()) || heads.need(r.sequence(), releases))
            .toList();
    var left = kept.stream().map(Release::sequence).collect(Collectors.toSet());
    return new Channel(id, settings, heads.keeping(left), lastSequence, kept, idempotency, history);
  }
}
