package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import io.hydra.wire.Rejection;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where consumers of a channel should be, in each part of it. Immutable.
 *
 * @param own of the channel itself: of the nodes that no scope has
 * @param scopes of each of its scopes
 */
public record Heads(HeadState own, SortedMap<ScopeName, HeadState> scopes) {
  private static final int WHOLE_REASONS = 32;

  static final Heads NONE = new Heads(HeadState.NONE, new TreeMap<>());

  public Heads {
    scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
  }

  Stream<HeadState> all() {
    return Stream.concat(Stream.of(own), scopes.values().stream());
  }

  /**
   * @param scope empty for the channel itself
   */
  public Optional<HeadState> find(Optional<ScopeName> scope) {
    return scope.isEmpty() ? Optional.of(own) : Optional.ofNullable(scopes.get(scope.get()));
  }

  /**
   * @param channel whose heads they are
   * @param scope empty for the channel itself
   * @throws HydraException {@code UNKNOWN_SCOPE}
   */
  HeadState require(ChannelId channel, Optional<ScopeName> scope) {
    return find(scope).orElseThrow(() -> unknown(channel, scope.orElseThrow()));
  }

  private HydraException unknown(ChannelId channel, ScopeName scope) {
    var known =
        scopes.isEmpty()
            ? ""
            : scopes.keySet().stream()
                .map(ScopeName::value)
                .collect(Collectors.joining(", ", "; it has ", ""));
    return new HydraException(
        ErrorCode.UNKNOWN_SCOPE,
        "channel %s has no scope %s%s".formatted(channel, scope.value(), known),
        Map.of("channel", channel.toString(), "scope", scope.value()));
  }

  /** With these scopes and no others. One that is new begins where the channel is. */
  Heads having(Collection<ScopeName> names) {
    var kept = new TreeMap<ScopeName, HeadState>();
    for (var name : names) {
      kept.put(name, scopes.getOrDefault(name, own.pinnedTo(Optional.empty())));
    }
    return new Heads(own, kept);
  }

  /** With a release that was appended: the head of those parts for which {@code atOnce} holds. */
  Heads append(long sequence, Predicate<Optional<ScopeName>> atOnce) {
    var changed = new TreeMap<>(scopes);
    changed.replaceAll((name, state) -> state.append(sequence, atOnce.test(Optional.of(name))));
    return new Heads(own.append(sequence, atOnce.test(Optional.empty())), changed);
  }

  Heads everywhere(UnaryOperator<HeadState> change) {
    var changed = new TreeMap<>(scopes);
    changed.replaceAll((name, state) -> change.apply(state));
    return new Heads(change.apply(own), changed);
  }

  /**
   * @param scope one that there is; empty for the channel itself
   */
  Heads in(Optional<ScopeName> scope, UnaryOperator<HeadState> change) {
    if (scope.isEmpty()) {
      return new Heads(change.apply(own), scopes);
    }
    var changed = new TreeMap<>(scopes);
    changed.computeIfPresent(scope.get(), (name, state) -> change.apply(state));
    return new Heads(own, changed);
  }

  /** Scopes whose head is newer go back with the channel; others stay where they are. */
  Heads rollback(long sequence, Rejection ofNewer, List<Release> releases) {
    var lifted = Optional.ofNullable(own.rejected().get(sequence));
    var changed = new TreeMap<>(scopes);
    changed.replaceAll((name, state) -> state.rollbackWith(sequence, lifted, ofNewer, releases));
    return new Heads(own.rollback(sequence, ofNewer, releases), changed);
  }

  /** With whole reasons of the newest rejections only: a document has room for so many. */
  Heads abridged() {
    var newest =
        own.rejected().entrySet().stream()
            .sorted(Comparator.comparing(rejection -> rejection.getValue().at()))
            .map(Map.Entry::getKey)
            .toList();
    var whole =
        Set.copyOf(newest.subList(Math.max(0, newest.size() - WHOLE_REASONS), newest.size()));
    return everywhere(state -> state.abridged(whole));
  }

  /** Whether any part needs it, so that it must not be forgotten. */
  boolean need(long sequence, List<Release> releases) {
    return all().anyMatch(state -> state.needs(sequence, releases));
  }

  Heads keeping(Set<Long> sequences) {
    return everywhere(state -> state.keeping(sequences));
  }
}
