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
import io.hydra.wire.ChannelView;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All state of one channel. Immutable: each change gives a new value, which {@link Channels} stores
 * by compare-and-set.
 *
 * @param settings complete
 * @param head sequence number of the release that consumers should be on
 * @param neverHead releases that never were the head: they are staged, or were passed over
 * @param pin overrides the head while set
 * @param lastSequence the highest sequence number ever given, so that none is used twice
 * @param releases ordered by sequence, oldest first
 * @param rejected releases that are never picked by themselves, by sequence
 * @param idempotency sequence numbers of the releases that recent idempotency keys made, with a
 *     hash of their request
 * @param history of head and pin
 */
public record Channel(
    ChannelId id,
    ChannelSettings settings,
    Optional<Long> head,
    Optional<Long> pin,
    long lastSequence,
    List<Release> releases,
    Map<Long, Rejection> rejected,
    Set<Long> neverHead,
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
    rejected = Map.copyOf(rejected);
    neverHead = Set.copyOf(neverHead);
    idempotency = List.copyOf(idempotency);
  }

  public static Channel create(ChannelId id, ChannelSettings settings) {
    return new Channel(
        id,
        settings,
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        Map.of(),
        Set.of(),
        List.of(),
        HeadHistory.NONE);
  }

  /** Notes when it was made, and by whom. */
  public Channel created(Instant now, String by) {
    return noting(now, by, Cause.CREATED);
  }

  /**
   * Notes what a change has made of head and pin; the same channel where both are as before.
   *
   * @param by who made it
   */
  public Channel changedFrom(Channel before, Instant now, String by, Cause cause) {
    return head.equals(before.head) && pin.equals(before.pin) ? this : noting(now, by, cause);
  }

  private Channel noting(Instant now, String by, Cause cause) {
    var change =
        new HeadChange(
            now,
            by,
            cause,
            headRelease().map(Release::ref),
            pin.flatMap(this::release).map(Release::ref));
    return new Channel(
        id,
        settings,
        head,
        pin,
        lastSequence,
        releases,
        rejected,
        neverHead,
        idempotency,
        history.with(change));
  }

  /**
   * What consumers should have been on at a time.
   *
   * @throws HydraException {@code HISTORY_UNKNOWN} where the channel was not there yet, or what
   *     held is not remembered any more
   */
  public HeadAt headAt(Instant time) {
    return history
        .at(time)
        .map(change -> new HeadAt(time, change.pin().or(change::head), change))
        .orElseThrow(() -> unknownAt(time));
  }

  private HydraException unknownAt(Instant time) {
    return new HydraException(
        ErrorCode.HISTORY_UNKNOWN,
        "it is not known what held in channel %s at %s: %s"
            .formatted(
                id,
                time,
                history
                    .reach()
                    .map(first -> "its history goes back to " + first)
                    .orElse("nothing has changed since its history is kept")),
        Map.of("channel", id.toString()));
  }

  public Channel withSettings(ChannelSettings changes) {
    return new Channel(
        id,
        changes.over(settings),
        head,
        pin,
        lastSequence,
        releases,
        rejected,
        neverHead,
        idempotency,
        history);
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
    return head.flatMap(this::release);
  }

  /** What consumers should be on: the pin, else the head. */
  @JsonIgnore
  public Optional<Release> target() {
    return pin.or(() -> head).flatMap(this::release);
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
    return releases.reversed().stream().filter(r -> isStaged(r.sequence())).findFirst();
  }

  /**
   * Whether it may still become the head by being promoted. What is newer than the head and not
   * rejected never was the head: the head goes back from rejected releases only.
   */
  public boolean isStaged(long sequence) {
    return !rejected.containsKey(sequence) && head.filter(h -> h >= sequence).isEmpty();
  }

  /** The promotion that was chosen. */
  @JsonIgnore
  public Promotion promotion() {
    return settings.promotion().orElse(Promotion.IMMEDIATE);
  }

  /**
   * Appends a release, whose sequence number must be {@code lastSequence + 1}. It is the head at
   * once, or staged, as the channel's {@link #promotion} says.
   */
  public Channel append(Release release, Optional<PublishKey> key) {
    if (release.sequence() != lastSequence + 1) {
      throw new IllegalArgumentException(
          "sequence " + release.sequence() + " after " + lastSequence);
    }
    var all = new ArrayList<>(releases);
    all.add(release);
    boolean atOnce = promotion().when() == Promotion.When.IMMEDIATE;
    var waiting = new TreeSet<>(neverHead);
    if (!atOnce) {
      waiting.add(release.sequence());
    }
    return new Channel(
        id,
        settings,
        atOnce ? Optional.of(release.sequence()) : head,
        pin,
        release.sequence(),
        all,
        rejected,
        waiting,
        remember(key),
        history);
  }

  /**
   * Makes a staged release the head. Those that were staged before it are passed over; those that
   * were staged after it stay so. The head itself is promoted already.
   *
   * @param version empty for the {@link #candidate}
   * @throws HydraException {@code UNKNOWN_RELEASE} where there is no such release, {@code
   *     RELEASE_REJECTED} where it was rejected, {@code INVALID_REQUEST} where it is older than the
   *     head
   */
  public Channel promote(Optional<ReleaseVersion> version) {
    var chosen = version.map(this::release).or(this::candidate).orElseThrow(this::nothingStaged);
    long sequence = chosen.sequence();
    if (head.filter(h -> h == sequence).isPresent()) {
      return this;
    }
    Optional.ofNullable(rejected.get(sequence))
        .ifPresent(
            rejection -> {
              throw new HydraException(
                  ErrorCode.RELEASE_REJECTED,
                  "release %s of channel %s was rejected (%s); `hydra rollback --to %s` makes it the head nevertheless"
                      .formatted(chosen.ref(), id, rejection.reason(), chosen.version()),
                  Map.of("channel", id.toString(), "version", chosen.version().value()));
            });
    if (!isStaged(sequence)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "release %s of channel %s is older than the head; `hydra rollback --to %s` goes back to it"
              .formatted(chosen.ref(), id, chosen.version()),
          Map.of("channel", id.toString(), "version", chosen.version().value()));
    }
    return withHead(sequence, rejected);
  }

  private HydraException nothingStaged() {
    return new HydraException(
        ErrorCode.UNKNOWN_RELEASE,
        "channel %s has no staged release".formatted(id),
        Map.of("channel", id.toString()));
  }

  /** Notes a key whose publish gave a release that existed already. */
  public Channel remembering(PublishKey key) {
    return new Channel(
        id,
        settings,
        head,
        pin,
        lastSequence,
        releases,
        rejected,
        neverHead,
        remember(Optional.of(key)),
        history);
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

  public Channel pinTo(ReleaseVersion version) {
    return withHeadAndPin(head, Optional.of(release(version).sequence()), rejected);
  }

  public Channel unpin() {
    return withHeadAndPin(head, Optional.empty(), rejected);
  }

  /**
   * Never picked again by itself; where it is the head, the head goes back to the newest older
   * release that was the head before and was not rejected, or to nothing.
   */
  public Channel reject(long sequence, String reason, Instant now) {
    var more = new TreeMap<>(rejected);
    more.putIfAbsent(
        sequence,
        new Rejection(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), now));
    var newHead =
        head.filter(h -> h == sequence).isPresent() ? newestGoodBefore(sequence, more) : head;
    return withHeadAndPin(newHead, pin, more);
  }

  /**
   * Makes another release the head, removes its rejection and rejects those that are newer than it.
   * An older release undoes publishes, staged ones too; a newer one, which was rejected, undoes a
   * rollback.
   *
   * @param to empty for the newest release before the head that was the head before and was not
   *     rejected
   * @throws HydraException {@code UNKNOWN_RELEASE} where there is none to go to, {@code
   *     INVALID_REQUEST} where it is the head, or newer and was not rejected
   */
  public Channel rollback(Optional<ReleaseVersion> to, Instant now) {
    long goal = to.map(this::chosen).orElseGet(this::previous);
    var more = new TreeMap<>(rejected);
    more.remove(goal);
    for (var release : releases) {
      if (release.sequence() > goal) {
        more.putIfAbsent(release.sequence(), new Rejection("rolled back", now));
      }
    }
    return withHead(goal, more);
  }

  private long chosen(ReleaseVersion version) {
    long sequence = release(version).sequence();
    if (rejected.containsKey(sequence) || head.filter(h -> sequence < h).isPresent()) {
      return sequence;
    }
    throw new HydraException(
        ErrorCode.INVALID_REQUEST,
        "release %s is neither older than the head of channel %s nor rejected%s"
            .formatted(
                version,
                id,
                isStaged(sequence) ? "; it is staged: `hydra promote %s`".formatted(version) : ""),
        Map.of("channel", id.toString(), "version", version.value()));
  }

  private long previous() {
    long from =
        head.orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_RELEASE,
                    "channel %s has no release to roll back from".formatted(id)));
    return newestGoodBefore(from, rejected)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_RELEASE,
                    "channel %s has no earlier release that was not rejected".formatted(id)));
  }

  /** Without the releases of these sequence numbers. The head and the pin stay. */
  public Channel forget(Set<Long> sequences) {
    var kept =
        releases.stream().filter(r -> !sequences.contains(r.sequence()) || isInUse(r)).toList();
    var stillRejected =
        rejected.entrySet().stream()
            .filter(e -> kept.stream().anyMatch(r -> r.sequence() == e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    var stillNever =
        neverHead.stream()
            .filter(s -> kept.stream().anyMatch(r -> r.sequence() == s))
            .collect(Collectors.toSet());
    return new Channel(
        id,
        settings,
        head,
        pin,
        lastSequence,
        kept,
        stillRejected,
        stillNever,
        idempotency,
        history);
  }

  private boolean isInUse(Release release) {
    return head.filter(h -> h == release.sequence()).isPresent()
        || pin.filter(p -> p == release.sequence()).isPresent()
        || candidate().filter(release::equals).isPresent();
  }

  private Optional<Long> newestGoodBefore(long sequence, Map<Long, Rejection> bad) {
    return releases.stream()
        .map(Release::sequence)
        .filter(s -> s < sequence && !bad.containsKey(s) && !neverHead.contains(s))
        .max(Comparator.naturalOrder());
  }

  private Channel withHeadAndPin(
      Optional<Long> newHead, Optional<Long> newPin, Map<Long, Rejection> newRejected) {
    return new Channel(
        id,
        settings,
        newHead,
        newPin,
        lastSequence,
        releases,
        newRejected,
        neverHead,
        idempotency,
        history);
  }

  private Channel withHead(long sequence, Map<Long, Rejection> newRejected) {
    var others = new TreeSet<>(neverHead);
    others.remove(sequence);
    return new Channel(
        id,
        settings,
        Optional.of(sequence),
        pin,
        lastSequence,
        releases,
        newRejected,
        others,
        idempotency,
        history);
  }

  /**
   * @param revision of the store's entry
   */
  public ChannelView view(long revision) {
    return new ChannelView(
        id,
        settings,
        headRelease().map(Release::ref),
        pin.flatMap(this::release).map(Release::ref),
        target().map(Release::ref),
        candidate().map(Release::ref),
        revision);
  }

  /** The release that a reference points at, while the channel still has it. */
  public Optional<Release> release(ReleaseRef ref) {
    return release(ref.sequence()).filter(r -> r.version().equals(ref.version()));
  }
}
