package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.kubernetes.Notes.Result;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.rollout.DisruptionBudget;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the notes in PodDisruptionBudgets as the newest plans want them. The cluster forgets a note
 * after two minutes, so it is renewed while it is wanted, also one that a manager before this one
 * has written. What nobody wants here is left to whoever has written it; unless its pod goes on as
 * if nothing were: whoever evicts a pod has it deleted at once, so that note was left behind.
 */
@LeadScoped
class NoteKeeper {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
  private static final Duration RENEWED_AFTER = Duration.ofSeconds(50);
  private static final Duration LEFT_BEHIND_AFTER = Duration.ofSeconds(15);

  private final Notes notes;
  private final Clock clock;
  private final Map<ChannelId, Set<Wish>> wishes = new HashMap<>();

  /** With when they were written. */
  private final Map<Note, Instant> own = new HashMap<>();

  /** Of pods that are not to be disrupted, with when they were seen first. */
  private final Map<ChannelId, Map<Note, Instant>> foreign = new HashMap<>();

  private final Set<Name> evicted = new HashSet<>();
  private final Semaphore wake = new Semaphore(0);
  private Optional<Thread> keeper = Optional.empty();

  /**
   * @param pod without its namespace, which is the budget's
   */
  private record Note(Name budget, String pod) {
    static Note of(DisruptionBudget budget, Pod pod) {
      var name = budget.name().substring(budget.name().indexOf('/') + 1);
      return new Note(new Name(Optional.of(pod.namespace()), name), pod.name());
    }

    Name podName() {
      return new Name(budget.namespace(), pod);
    }
  }

  /**
   * @param noted whether the budget has it
   * @param missing whether the budget does not have it and still counts the pod as healthy
   */
  private record Wish(Note note, boolean noted, boolean missing) {}

  NoteKeeper(Notes notes, Clock clock) {
    this.notes = notes;
    this.clock = clock;
  }

  /**
   * See {@link io.hydra.manager.discovery.Orchestrator#note}.
   *
   * @param all pods of the channel
   */
  synchronized void want(ChannelId channel, Collection<Pod> disrupted, Collection<Pod> all) {
    var now =
        disrupted.stream()
            .flatMap(pod -> pod.budgets().stream().flatMap(List::stream).map(b -> of(b, pod)))
            .collect(Collectors.toUnmodifiableSet());
    var before = now.isEmpty() ? wishes.remove(channel) : wishes.put(channel, now);
    // As old as can be, as nobody knows when it was written.
    now.stream()
        .filter(Wish::noted)
        .filter(wish -> !evicted.contains(wish.note().podName()))
        .forEach(wish -> own.putIfAbsent(wish.note(), Instant.EPOCH));
    see(channel, all);
    boolean changed = !now.equals(before == null ? Set.of() : before);
    if (changed || now.stream().anyMatch(Wish::missing) || foreign.containsKey(channel)) {
      keeper = keeper.or(() -> Optional.of(Thread.ofVirtual().name("notes").start(this::keep)));
      wake.release();
    }
  }

  private void see(ChannelId channel, Collection<Pod> all) {
    var seen = foreign.getOrDefault(channel, Map.of());
    var wanted = wanted();
    var now =
        all.stream()
            .filter(pod -> pod.ready() && !pod.ending())
            .flatMap(NoteKeeper::notes)
            .filter(note -> !own.containsKey(note) && !wanted.contains(note))
            .filter(note -> !evicted.contains(note.podName()))
            .collect(
                Collectors.toMap(
                    note -> note,
                    note -> seen.getOrDefault(note, clock.instant()),
                    (one, same) -> one,
                    HashMap::new));
    if (now.isEmpty()) {
      foreign.remove(channel);
    } else {
      foreign.put(channel, now);
    }
  }

  private static Stream<Note> notes(Pod pod) {
    return pod.budgets().stream()
        .flatMap(List::stream)
        .filter(budget -> budget.noted().contains(pod.name()))
        .map(budget -> Note.of(budget, pod));
  }

  /**
   * The pod is about to be evicted: what the budgets count for it is free for that.
   *
   * @param ready whether they still count it as healthy but for the note
   */
  void giveBack(Name pod, boolean ready) throws InterruptedException {
    for (var note : handOver(pod)) {
      notes.remove(note.budget(), note.pod(), ready ? 1 : 0);
    }
  }

  /** It was not evicted. */
  synchronized void takeAgain(Name pod) {
    evicted.remove(pod);
    wake.release();
  }

  /** It is gone. */
  synchronized void forget(Name pod) {
    evicted.remove(pod);
    own.keySet().removeIf(note -> note.podName().equals(pod));
  }

  @PreDestroy
  synchronized void stop() {
    keeper.ifPresent(Thread::interrupt);
  }

  private static Wish of(DisruptionBudget budget, Pod pod) {
    boolean noted = budget.noted().contains(pod.name());
    return new Wish(
        Note.of(budget, pod), noted && !pod.ending(), pod.ready() && !pod.ending() && !noted);
  }

  private synchronized Set<Note> handOver(Name pod) {
    evicted.add(pod);
    var given =
        own.keySet().stream()
            .filter(note -> note.podName().equals(pod))
            .collect(Collectors.toSet());
    own.keySet().removeAll(given);
    return given;
  }

  private void keep() {
    try {
      boolean settled = true;
      while (true) {
        var pause = settled ? pause() : BETWEEN_TRIES;
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        settled = settle();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether nothing is left that another try could bring about. */
  private boolean settle() throws InterruptedException {
    boolean settled = true;
    for (var note : missing()) {
      var result = notes.add(note.budget(), note.pod());
      if (result == Result.DONE) {
        has(note);
      }
      settled &= result != Result.MISSED;
    }
    for (var note : old()) {
      if (notes.renew(note.budget(), note.pod()) != Result.MISSED) {
        has(note);
      }
    }
    for (var note : leftBehind()) {
      if (notes.remove(note.budget(), note.pod(), 0) == Result.MISSED) {
        settled = false;
      } else {
        seenNoMore(note);
      }
    }
    for (var note : superfluous()) {
      if (notes.remove(note.budget(), note.pod(), 0) == Result.MISSED) {
        settled = false;
      } else {
        hasNot(note);
      }
    }
    return settled;
  }

  private synchronized Set<Note> missing() {
    return wishes.values().stream()
        .flatMap(Set::stream)
        .filter(Wish::missing)
        .map(Wish::note)
        .filter(note -> !evicted.contains(note.podName()))
        .collect(Collectors.toSet());
  }

  private synchronized Set<Note> superfluous() {
    var wanted = wanted();
    return own.keySet().stream().filter(note -> !wanted.contains(note)).collect(Collectors.toSet());
  }

  private synchronized Set<Note> old() {
    var wanted = wanted();
    var before = clock.instant().minus(RENEWED_AFTER);
    return own.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(before) && wanted.contains(entry.getKey()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private synchronized Duration pause() {
    return foreign.isEmpty() ? RENEWED_AFTER : BETWEEN_LOOKS;
  }

  private synchronized Set<Note> leftBehind() {
    var before = clock.instant().minus(LEFT_BEHIND_AFTER);
    var found =
        foreign.values().stream()
            .flatMap(seen -> seen.entrySet().stream())
            .filter(entry -> !entry.getValue().isAfter(before))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    found.removeAll(wanted());
    return found;
  }

  private Set<Note> wanted() {
    return wishes.values().stream()
        .flatMap(Set::stream)
        .map(Wish::note)
        .collect(Collectors.toSet());
  }

  private synchronized void has(Note note) {
    if (!evicted.contains(note.podName())) {
      own.put(note, clock.instant());
    }
  }

  private synchronized void seenNoMore(Note note) {
    foreign.values().forEach(seen -> seen.remove(note));
    foreign.values().removeIf(Map::isEmpty);
  }

  private synchronized void hasNot(Note note) {
    own.remove(note);
  }
}
