package io.hydra.manager.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelView;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.Rejection;
import io.hydra.wire.ScopeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All state of one channel. Immutable: each change gives a new value, which {@link Channels} stores
 * by compare-and-set. What is said without a scope is about the nodes that no scope has.
 *
 * @param settings complete
 * @param heads where consumers should be
 * @param scopes the same for each scope that the settings name
 * @param lastSequence the highest sequence number ever given, so that none is used twice
 * @param releases ordered by sequence, oldest first
 * @param idempotency sequence numbers of the releases that recent idempotency keys made, with a
 *     hash of their request
 * @param history of heads and pins
 */
public record Channel(
    ChannelId id,
    ChannelSettings settings,
    HeadState heads,
    SortedMap<ScopeName, HeadState> scopes,
    long lastSequence,
    List<Release> releases,
    List<PublishKey> idempotency,
    HeadHistory history) {

  private static final int MAX_IDEMPOTENCY_KEYS = 64;

  /** An application's answer may be part of it. */
  private static final int LONGEST_REASON = 500;

  /** Remembers that a publish happened. */
  public record PublishKey(String key, String requestHash, long sequence) {}

  public Channel {
    // What an older manager has stored lacks newer settings.
    settings = settings.over(ChannelSettings.DEFAULT);
    releases = releases.stream().sorted(Comparator.comparingLong(Release::sequence)).toList();
    scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
    idempotency = List.copyOf(idempotency);
  }

  public static Channel create(ChannelId id, ChannelSettings settings) {
    return new Channel(
            id,
            settings,
            HeadState.NONE,
            new TreeMap<>(),
            0,
            List.of(),
            List.of(),
            HeadHistory.NONE)
        .withSettings(settings);
  }

  public Optional<Long> head() {
    return heads.head();
  }

  public Optional<Long> pin() {
    return heads.pin();
  }

  /** Releases that are never picked by themselves, by sequence number. */
  public Map<Long, Rejection> rejected() {
    return heads.rejected();
  }

  /** Whether it may be gone back to: it was the head once, and was not rejected. */
  public boolean wasGood(long sequence) {
    return heads.wasGood(sequence);
  }

  public boolean isRejected(long sequence) {
    return heads.rejected().containsKey(sequence);
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
    var own = state(scope.get());
    return new Channel(
        id,
        ChannelSettings.builder().promotion(promotion(scope.get())).build().over(settings),
        own.pinnedTo(own.pin().or(heads::pin)),
        new TreeMap<>(),
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
  private HeadState state(ScopeName scope) {
    return Optional.ofNullable(scopes.get(scope))
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_SCOPE,
                    "channel %s has no scope %s%s"
                        .formatted(
                            id,
                            scope,
                            scopes.isEmpty() ? "" : "; it has " + words(scopes.keySet())),
                    Map.of("channel", id.toString(), "scope", scope.value())));
  }

  private static String words(Collection<ScopeName> names) {
    return names.stream().map(ScopeName::value).collect(Collectors.joining(", "));
  }

  /** Of the channel itself and of all its scopes. */
  public Stream<HeadState> states() {
    return Stream.concat(Stream.of(heads), scopes.values().stream());
  }

  /** Changes the channel itself and all its scopes. */
  private Channel everywhere(UnaryOperator<HeadState> change) {
    var changed = new TreeMap<>(scopes);
    changed.replaceAll((name, state) -> change.apply(state));
    return with(change.apply(heads), changed);
  }

  /**
   * @param scope empty for the channel itself
   */
  private Channel in(Optional<ScopeName> scope, UnaryOperator<HeadState> change) {
    if (scope.isEmpty()) {
      return with(change.apply(heads), scopes);
    }
    var changed = new TreeMap<>(scopes);
    changed.put(scope.get(), change.apply(state(scope.get())));
    return with(heads, changed);
  }

  private Channel with(HeadState newHeads, SortedMap<ScopeName, HeadState> newScopes) {
    return new Channel(
        id, settings, newHeads, newScopes, lastSequence, releases, idempotency, history);
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
    return noting(now, by, cause, parts().stream().filter(part -> !isAsIn(before, part)).toList());
  }

  private boolean isAsIn(Channel before, Optional<ScopeName> part) {
    var now = part.isEmpty() ? heads : state(part.get());
    var then =
        part.isEmpty()
            ? Optional.of(before.heads)
            : Optional.ofNullable(before.scopes.get(part.get()));
    return then.filter(state -> state.head().equals(now.head()) && state.pin().equals(now.pin()))
        .isPresent();
  }

  private Channel noting(Instant now, String by, Cause cause, List<Optional<ScopeName>> parts) {
    var noted = history;
    for (var part : parts) {
      var state = part.map(this::state).orElse(heads);
      noted = noted.with(new HeadChange(now, by, cause, ref(state.head()), ref(state.pin()), part));
    }
    return new Channel(id, settings, heads, scopes, lastSequence, releases, idempotency, noted);
  }

  private Optional<ReleaseRef> ref(Optional<Long> sequence) {
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
    scope.ifPresent(this::state);
    var own = history.at(time, scope).orElseThrow(() -> unknownAt(time, scope));
    if (scope.isEmpty() || own.pin().isPresent()) {
      return new HeadAt(time, own.pin().or(own::head), own);
    }
    return history
        .at(time, Optional.empty())
        .filter(whole -> whole.pin().isPresent())
        .map(whole -> new HeadAt(time, whole.pin(), whole))
        .orElseGet(() -> new HeadAt(time, own.head(), own));
  }

  private HydraException unknownAt(Instant time, Optional<ScopeName> scope) {
    return new HydraException(
        ErrorCode.HISTORY_UNKNOWN,
        "it is not known what held in channel %s%s at %s: %s"
            .formatted(
                id,
                scope.map(", scope %s,"::formatted).orElse(""),
                time,
                history
                    .reach(scope)
                    .map(first -> "its history goes back to " + first)
                    .orElse("nothing has changed since its history is kept")),
        Map.of("channel", id.toString()));
  }

  /** A scope that is new begins where the channel is. */
  public Channel withSettings(ChannelSettings changes) {
    var changed = changes.over(settings);
    var kept = new TreeMap<ScopeName, HeadState>();
    for (var scope : changed.scopes().orElse(List.of())) {
      kept.put(scope.name(), scopes.getOrDefault(scope.name(), heads.pinnedTo(Optional.empty())));
    }
    return new Channel(id, changed, heads, kept, lastSequence, releases, idempotency, history);
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

  @JsonIgnore
  public Optional<Release> headRelease() {
    return heads.head().flatMap(this::release);
  }

  /** What consumers should be on: the pin, else the head. */
  @JsonIgnore
  public Optional<Release> target() {
    return heads.target().flatMap(this::release);
  }

  @JsonIgnore
  public Optional<Release> newest() {
    return releases.isEmpty() ? Optional.empty() : Optional.of(releases.getLast());
  }

  /** The same datasets with the same content in the same places, whatever their order. */
  public static boolean sameContent(List<PlacedDataset> left, List<PlacedDataset> right) {
    return Set.copyOf(left).equals(Set.copyOf(right));
  }

  /** What is to be the head next: the newest release that is staged. */
  @JsonIgnore
  public Optional<Release> candidate() {
    return heads.candidate(releases);
  }

  /** Whether it may still become the head by being promoted. */
  public boolean isStaged(long sequence) {
    return heads.isStaged(sequence);
  }

  /** The promotion that was chosen. */
  @JsonIgnore
  public Promotion promotion() {
    return settings.promotion().orElse(Promotion.IMMEDIATE);
  }

  private Promotion promotion(ScopeName scope) {
    return scopeSettings().stream()
        .filter(known -> known.name().equals(scope))
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
    var staging = new TreeMap<>(scopes);
    staging.replaceAll((name, state) -> state.append(release.sequence(), atOnce(promotion(name))));
    return new Channel(
        id,
        settings,
        heads.append(release.sequence(), atOnce(promotion())),
        staging,
        release.sequence(),
        all,
        remember(key),
        history);
  }

  private static boolean atOnce(Promotion promotion) {
    return promotion.when() == Promotion.When.IMMEDIATE;
  }

  /**
   * Makes a staged release the head, wherever it is staged. Those that were staged before it are
   * passed over; those that were staged after it stay so. The head itself is promoted already.
   *
   * @param version empty for the newest that is staged anywhere
   * @throws HydraException {@code UNKNOWN_RELEASE} where there is no such release, {@code
   *     RELEASE_REJECTED} where it was rejected, {@code INVALID_REQUEST} where it is older than the
   *     head
   */
  public Channel promote(Optional<ReleaseVersion> version) {
    var chosen =
        version
            .map(this::release)
            .or(() -> newestStaged(states()))
            .orElseThrow(() -> nothingStaged(Optional.empty()));
    long sequence = chosen.sequence();
    if (states().noneMatch(state -> state.isStaged(sequence) || state.isHead(sequence))) {
      throw notStaged(chosen, heads);
    }
    return everywhere(state -> state.isStaged(sequence) ? state.promote(sequence) : state);
  }

  /**
   * The same for one part alone.
   *
   * @param scope empty for what no scope has
   * @throws HydraException {@code UNKNOWN_SCOPE} also
   */
  public Channel promoteIn(Optional<ScopeName> scope, Optional<ReleaseVersion> version) {
    var state = scope.map(this::state).orElse(heads);
    var chosen =
        version
            .map(this::release)
            .or(() -> newestStaged(Stream.of(state)))
            .orElseThrow(() -> nothingStaged(scope));
    if (state.isHead(chosen.sequence())) {
      return this;
    }
    if (!state.isStaged(chosen.sequence())) {
      throw notStaged(chosen, state);
    }
    return in(scope, own -> own.promote(chosen.sequence()));
  }

  private Optional<Release> newestStaged(Stream<HeadState> where) {
    return where
        .flatMap(state -> state.candidate(releases).stream())
        .max(Comparator.comparingLong(Release::sequence));
  }

  private HydraException notStaged(Release chosen, HeadState state) {
    var context = Map.of("channel", id.toString(), "version", chosen.version().value());
    var rejection = Optional.ofNullable(state.rejected().get(chosen.sequence()));
    return rejection.isPresent()
        ? new HydraException(
            ErrorCode.RELEASE_REJECTED,
            "release %s of channel %s was rejected (%s); `hydra rollback --to %s` makes it the head nevertheless"
                .formatted(chosen.ref(), id, rejection.get().reason(), chosen.version()),
            context)
        : new HydraException(
            ErrorCode.INVALID_REQUEST,
            "release %s of channel %s is older than the head; `hydra rollback --to %s` goes back to it"
                .formatted(chosen.ref(), id, chosen.version()),
            context);
  }

  private HydraException nothingStaged(Optional<ScopeName> scope) {
    return new HydraException(
        ErrorCode.UNKNOWN_RELEASE,
        "channel %s has no staged release%s"
            .formatted(id, scope.map(" in scope %s"::formatted).orElse("")),
        Map.of("channel", id.toString()));
  }

  /** Notes a key whose publish gave a release that existed already. */
  public Channel remembering(PublishKey key) {
    return new Channel(
        id, settings, heads, scopes, lastSequence, releases, remember(Optional.of(key)), history);
  }

  private List<PublishKey> remember(Optional<PublishKey> key) {
    var keys = new ArrayList<>(idempotency);
    key.ifPresent(
        newest -> {
          keys.removeIf(known -> known.key().equals(newest.key()));
          keys.add(newest);
        });
    return keys.subList(Math.max(0, keys.size() - MAX_IDEMPOTENCY_KEYS), keys.size());
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
    var rejection =
        new Rejection(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), now);
    return everywhere(state -> state.reject(sequence, rejection, releases));
  }

  /**
   * Makes another release the head, removes its rejection and rejects those that are newer than it.
   * An older release undoes publishes, staged ones too; a newer one, which was rejected, undoes a
   * rollback. Scopes whose head is older stay where they are.
   *
   * @param to empty for the newest release before the head that was the head before and was not
   *     rejected
   * @throws HydraException {@code UNKNOWN_RELEASE} where there is none to go to, {@code
   *     INVALID_REQUEST} where it is the head, or newer and was not rejected
   */
  public Channel rollback(Optional<ReleaseVersion> to, Instant now) {
    long goal = goal(heads, to);
    var ofNewer = new Rejection("rolled back", now);
    var back = with(heads.rollback(goal, ofNewer, releases), scopes);
    var changed = new TreeMap<>(scopes);
    changed.replaceAll(
        (name, state) ->
            state.isHeadOrOlder(goal)
                ? state.rollback(goal, ofNewer, releases)
                : state.rejectNewer(goal, ofNewer, releases));
    return with(back.heads, changed);
  }

  /**
   * The same in one scope alone: other scopes may stay on what is rejected in this one.
   *
   * @throws HydraException {@code UNKNOWN_SCOPE} also
   */
  public Channel rollbackIn(ScopeName scope, Optional<ReleaseVersion> to, Instant now) {
    long goal = goal(state(scope), to);
    return in(
        Optional.of(scope),
        state -> state.rollback(goal, new Rejection("rolled back", now), releases));
  }

  private long goal(HeadState state, Optional<ReleaseVersion> to) {
    return to.map(version -> chosen(state, version)).orElseGet(() -> previous(state));
  }

  private long chosen(HeadState state, ReleaseVersion version) {
    long sequence = release(version).sequence();
    if (state.rejected().containsKey(sequence)
        || (state.isHeadOrOlder(sequence) && !state.isHead(sequence))) {
      return sequence;
    }
    throw new HydraException(
        ErrorCode.INVALID_REQUEST,
        "release %s is neither older than the head of channel %s nor rejected%s"
            .formatted(
                version,
                id,
                state.isStaged(sequence)
                    ? "; it is staged: `hydra promote %s`".formatted(version)
                    : ""),
        Map.of("channel", id.toString(), "version", version.value()));
  }

  private long previous(HeadState state) {
    long from =
        state
            .head()
            .orElseThrow(
                () ->
                    new HydraException(
                        ErrorCode.UNKNOWN_RELEASE,
                        "channel %s has no release to roll back from".formatted(id)));
    return state
        .newestGoodBefore(from, releases)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_RELEASE,
                    "channel %s has no earlier release that was not rejected".formatted(id)));
  }

  /** Without the releases of these sequence numbers. Heads, pins and candidates stay. */
  public Channel forget(Set<Long> sequences) {
    var kept =
        releases.stream()
            .filter(
                r ->
                    !sequences.contains(r.sequence())
                        || states().anyMatch(state -> state.needs(r.sequence(), releases)))
            .toList();
    var left = kept.stream().map(Release::sequence).collect(Collectors.toSet());
    var changed = everywhere(state -> state.keeping(left));
    return new Channel(
        id, settings, changed.heads, changed.scopes, lastSequence, kept, idempotency, history);
  }

  /**
   * @param revision of the store's entry
   */
  public ChannelView view(long revision) {
    return new ChannelView(
        id,
        settings,
        headRelease().map(Release::ref),
        ref(heads.pin()),
        target().map(Release::ref),
        candidate().map(Release::ref),
        scopeSettings().stream().map(scope -> view(scope.name())).toList(),
        revision);
  }

  private ScopeView view(ScopeName scope) {
    var state = state(scope);
    return new ScopeView(
        scope,
        ref(state.head()),
        ref(state.pin()),
        seenFrom(Optional.of(scope)).target().map(Release::ref),
        state.candidate(releases).map(Release::ref));
  }

  /** The release that a reference points at, while the channel still has it. */
  public Optional<Release> release(ReleaseRef ref) {
    return release(ref.sequence()).filter(r -> r.version().equals(ref.version()));
  }
}
