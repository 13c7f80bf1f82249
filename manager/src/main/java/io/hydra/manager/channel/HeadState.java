package io.hydra.manager.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hydra.model.Release;
import io.hydra.wire.Rejection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What decides which release consumers should be on, of a channel or of one of its scopes. Releases
 * are named by their sequence numbers. Immutable.
 *
 * @param head the release that consumers should be on
 * @param pin overrides the head while set
 * @param rejected releases that are never picked by themselves
 * @param neverHead releases that never were the head: they are staged, or were passed over
 */
public record HeadState(
    Optional<Long> head, Optional<Long> pin, Map<Long, Rejection> rejected, Set<Long> neverHead) {
  private static final int ABRIDGED_REASON = 40;

  static final HeadState NONE =
      new HeadState(Optional.empty(), Optional.empty(), Map.of(), Set.of());

  public HeadState {
    // In an order, so that the same state is always the same text.
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    neverHead = Collections.unmodifiableSortedSet(new TreeSet<>(neverHead));
  }

  /** The pin, else the head. */
  @JsonIgnore
  Optional<Long> target() {
    return pin.or(() -> head);
  }

  /** Whether consumers should be on the same: head and pin are as in the other. */
  boolean aimsLike(HeadState other) {
    return head.equals(other.head) && pin.equals(other.pin);
  }

  /**
   * Whether it may still become the head by being promoted. What is newer than the head and not
   * rejected never was the head: the head goes back from rejected releases only.
   */
  boolean isStaged(long sequence) {
    return !rejected.containsKey(sequence) && !isHeadOrOlder(sequence);
  }

  /** What is to be the head next: the newest release that is staged. */
  Optional<Release> candidate(List<Release> releases) {
    return releases.reversed().stream().filter(r -> isStaged(r.sequence())).findFirst();
  }

  /** Whether it may be gone back to: it was the head once, and was not rejected. */
  boolean wasGood(long sequence) {
    return !rejected.containsKey(sequence) && !neverHead.contains(sequence);
  }

  /** With a release that was appended, as its head or staged. */
  HeadState append(long sequence, boolean atOnce) {
    if (atOnce) {
      return new HeadState(Optional.of(sequence), pin, rejected, neverHead);
    }
    var waiting = new TreeSet<>(neverHead);
    waiting.add(sequence);
    return new HeadState(head, pin, rejected, waiting);
  }

  HeadState pinnedTo(Optional<Long> sequence) {
    return new HeadState(head, sequence, rejected, neverHead);
  }

  HeadState promote(long sequence) {
    return withHead(sequence, rejected);
  }

  /** Where it is the head, the head goes back to the newest older one that was good, or to none. */
  HeadState reject(long sequence, Rejection rejection, List<Release> releases) {
    var more = new TreeMap<>(rejected);
    more.putIfAbsent(sequence, rejection);
    var rejecting = new HeadState(head, pin, more, neverHead);
    return isHead(sequence)
        ? new HeadState(rejecting.newestGoodBefore(sequence, releases), pin, more, neverHead)
        : rejecting;
  }

  /** Makes it the head, removes its rejection and rejects those that are newer. */
  HeadState rollback(long sequence, Rejection ofNewer, List<Release> releases) {
    return withHead(sequence, rejectedNewerThan(sequence, ofNewer, releases));
  }

  /**
   * As a scope, when its channel goes to a release. It goes there, too, from what is newer, or
   * forward again where it once was there and went back with the channel. What was rejected in this
   * scope alone stays so.
   *
   * @param channels rejection of the release in the channel, which is removed
   */
  HeadState rollbackWith(
      long sequence, Optional<Rejection> channels, Rejection ofNewer, List<Release> releases) {
    var own = Optional.ofNullable(rejected.get(sequence));
    var more = rejectedNewerThan(sequence, ofNewer, releases);
    if (own.isPresent() && !own.equals(channels)) {
      more.put(sequence, own.get());
      var staying = new HeadState(head, pin, more, neverHead);
      return isHeadOrOlder(sequence)
          ? new HeadState(staying.newestGoodBefore(sequence, releases), pin, more, neverHead)
          : staying;
    }
    boolean wentBack = own.isPresent() && !neverHead.contains(sequence);
    return isHeadOrOlder(sequence) || wentBack
        ? withHead(sequence, more)
        : new HeadState(head, pin, more, neverHead);
  }

  private SortedMap<Long, Rejection> rejectedNewerThan(
      long sequence, Rejection ofNewer, List<Release> releases) {
    var more = new TreeMap<>(rejected);
    more.remove(sequence);
    releases.stream()
        .map(Release::sequence)
        .filter(other -> other > sequence)
        .forEach(other -> more.putIfAbsent(other, ofNewer));
    return more;
  }

  /**
   * With the beginning only of each reason.
   *
   * @param whole releases of which the reason stays whole
   */
  HeadState abridged(Set<Long> whole) {
    boolean isShort =
        rejected.entrySet().stream()
            .filter(rejection -> rejection.getValue().reason().length() > ABRIDGED_REASON)
            .allMatch(rejection -> whole.contains(rejection.getKey()));
    if (isShort) {
      return this;
    }
    var shorter = new TreeMap<>(rejected);
    shorter.replaceAll(
        (sequence, rejection) -> whole.contains(sequence) ? rejection : abridged(rejection));
    return new HeadState(head, pin, shorter, neverHead);
  }

  private static Rejection abridged(Rejection rejection) {
    return new Rejection(Beginning.of(rejection.reason(), ABRIDGED_REASON), rejection.at());
  }

  /** Only of releases that are kept. */
  HeadState keeping(Set<Long> sequences) {
    var stillRejected = new TreeMap<>(rejected);
    stillRejected.keySet().retainAll(sequences);
    var stillNever = new TreeSet<>(neverHead);
    stillNever.retainAll(sequences);
    return new HeadState(head, pin, stillRejected, stillNever);
  }

  /** What must not be forgotten as long as this holds. */
  boolean needs(long sequence, List<Release> releases) {
    return isHead(sequence)
        || isPinned(sequence)
        || candidate(releases).filter(r -> r.sequence() == sequence).isPresent();
  }

  boolean isHead(long sequence) {
    return head.filter(h -> h == sequence).isPresent();
  }

  boolean isPinned(long sequence) {
    return pin.filter(p -> p == sequence).isPresent();
  }

  boolean isHeadOrOlder(long sequence) {
    return head.filter(h -> h >= sequence).isPresent();
  }

  Optional<Long> newestGoodBefore(long sequence, List<Release> releases) {
    return releases.stream()
        .map(Release::sequence)
        .filter(s -> s < sequence && wasGood(s))
        .max(Comparator.naturalOrder());
  }

  private HeadState withHead(long sequence, Map<Long, Rejection> newRejected) {
    var others = new TreeSet<>(neverHead);
    others.remove(sequence);
    return new HeadState(Optional.of(sequence), pin, newRejected, others);
  }
}
