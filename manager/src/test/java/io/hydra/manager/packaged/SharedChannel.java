package io.hydra.manager.packaged;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What several clients have learned of a channel. */
final class SharedChannel {
  private final String name;
  private final Map<Long, String> versions = new ConcurrentSkipListMap<>();
  private final Map<Integer, AtomicLong> known = new ConcurrentHashMap<>();
  private final long made = System.nanoTime();

  SharedChannel(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  String path() {
    return "/api/v1/channels/prod/search/" + name;
  }

  void learn(long sequence, String version) {
    var before = versions.put(sequence, version);
    if (before != null && !before.equals(version)) {
      throw new AssertionError("%d of %s is %s and %s".formatted(sequence, name, before, version));
    }
  }

  String version(long sequence) {
    return Optional.ofNullable(versions.get(sequence)).orElseThrow();
  }

  Optional<Long> anyKnown(Random random) {
    var all = List.copyOf(versions.keySet());
    return Stream.of(all)
        .filter(list -> !list.isEmpty())
        .map(list -> list.get(random.nextInt(list.size())))
        .findFirst();
  }

  /** From when what that manager has told for certain is, or newer. */
  long knownBy(int manager) {
    return at(manager).get();
  }

  /**
   * @param start of a read that it has answered for certain
   */
  void isKnownBy(int manager, long start) {
    at(manager).accumulateAndGet(start, Math::max);
  }

  private AtomicLong at(int manager) {
    return known.computeIfAbsent(manager, _ -> new AtomicLong(made));
  }
}
