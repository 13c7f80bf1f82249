package io.hydra.manager.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All state of one channel. Immutable: each change gives a new value, which {@link Channels} stores
 * by compare-and-set.
 *
 * @param settings complete
 * @param head sequence number of the release that consumers should be on
 * @param pin overrides the head while set
 * @param lastSequence the highest sequence number ever given, so that none is used twice
 * @param releases ordered by sequence, oldest first
 * @param rejected releases that are never picked by themselves, by sequence
 * @param idempotency sequence numbers of the releases that recent idempotency keys made, with a
 *     hash of their request
 */
public record Channel(
    ChannelId id,
    ChannelSettings settings,
    Optional<Long> head,
    Optional<Long> pin,
    long lastSequence,
    List<Release> releases,
    Map<Long, Rejection> rejected,
    List<PublishKey> idempotency) {

  private static final int MAX_IDEMPOTENCY_KEYS = 64;

  /** Remembers that a publish happened. */
  public record PublishKey(String key, String requestHash, long sequence) {}

  public Channel {
    // What an older manager has stored lacks newer settings.
    settings = settings.over(ChannelSettings.DEFAULT);
    releases = releases.stream().sorted(Comparator.comparingLong(Release::sequence)).toList();
    rejected = Map.copyOf(rejected);
    idempotency = List.copyOf(idempotency);
  }

  public static Channel create(ChannelId id, ChannelSettings settings) {
    return new Channel(
        id, settings, Optional.empty(), Optional.empty(), 0, List.of(), Map.of(), List.of());
  }

  public Channel withSettings(ChannelSettings changes) {
    return new Channel(
        id, changes.over(settings), head, pin, lastSequence, releases, rejected, idempotency);
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

  /**
   * Appends a release, whose sequence number must be {@code lastSequence + 1}, and makes it the
   * head.
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
        Optional.of(release.sequence()),
        pin,
        release.sequence(),
        all,
        rejected,
        remember(key));
  }

  /** Notes a key whose publish gave a release that existed already. */
  public Channel remembering(PublishKey key) {
    return new Channel(
        id, settings, head, pin, lastSequence, releases, rejected, remember(Optional.of(key)));
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
   * release that was not rejected, or to nothing.
   */
  public Channel reject(long sequence, String reason, Instant now) {
    var more = new TreeMap<>(rejected);
    more.putIfAbsent(sequence, new Rejection(reason, now));
    var newHead =
        head.filter(h -> h == sequence).isPresent() ? newestGoodBefore(sequence, more) : head;
    return withHeadAndPin(newHead, pin, more);
  }

  /**
   * Makes another release the head, removes its rejection and rejects those that are newer than it.
   * An older release undoes publishes; a newer one, which was rejected, undoes a rollback.
   *
   * @param to empty for the newest release before the head that was not rejected
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
    return withHeadAndPin(Optional.of(goal), pin, more);
  }

  private long chosen(ReleaseVersion version) {
    long sequence = release(version).sequence();
    if (rejected.containsKey(sequence) || head.filter(h -> sequence < h).isPresent()) {
      return sequence;
    }
    throw new HydraException(
        ErrorCode.INVALID_REQUEST,
        "release %s is neither older than the head of channel %s nor rejected"
            .formatted(version, id),
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
    return new Channel(id, settings, head, pin, lastSequence, kept, stillRejected, idempotency);
  }

  private boolean isInUse(Release release) {
    return head.filter(h -> h == release.sequence()).isPresent()
        || pin.filter(p -> p == release.sequence()).isPresent();
  }

  private Optional<Long> newestGoodBefore(long sequence, Map<Long, Rejection> bad) {
    return releases.stream()
        .map(Release::sequence)
        .filter(s -> s < sequence && !bad.containsKey(s))
        .max(Comparator.naturalOrder());
  }

  private Channel withHeadAndPin(
      Optional<Long> newHead, Optional<Long> newPin, Map<Long, Rejection> newRejected) {
    return new Channel(
        id, settings, newHead, newPin, lastSequence, releases, newRejected, idempotency);
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
        revision);
  }

  /** The release that a reference points at, while the channel still has it. */
  public Optional<Release> release(ReleaseRef ref) {
    return release(ref.sequence()).filter(r -> r.version().equals(ref.version()));
  }
}
