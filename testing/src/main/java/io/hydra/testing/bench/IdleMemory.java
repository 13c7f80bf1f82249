package io.hydra.testing.bench;

import io.hydra.testing.bench.ProgramMeasures.When;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory of programs that nobody asks for anything. It rises and falls, as agents report every few
 * seconds and give pages back every minute; so it is read several times over the last minute.
 */
final class IdleMemory {
  private static final int READINGS = 12;
  private static final Duration LONGEST_WATCH = Duration.ofMinutes(1);

  private final Map<String, Long> pids;
  private final Map<String, List<Memory>> readings = new HashMap<>();

  /**
   * @param pids of each program before it is left alone
   */
  IdleMemory(Map<String, Long> pids) {
    this.pids = Map.copyOf(pids);
  }

  /** Returns after {@code idle}; readings are taken in its second half, at most a minute long. */
  static void watch(Collection<IdleMemory> all, Duration idle) {
    var half = idle.dividedBy(2);
    var watch = half.compareTo(LONGEST_WATCH) < 0 ? half : LONGEST_WATCH;
    try {
      Thread.sleep(idle.minus(watch));
      for (int i = 0; i < READINGS; i++) {
        Thread.sleep(watch.dividedBy(READINGS));
        all.forEach(IdleMemory::read);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    pids.forEach(
        (program, pid) -> {
          try {
            readings.computeIfAbsent(program, it -> new ArrayList<>()).add(Memory.of(pid));
          } catch (IOException ended) {
            // One reading too few says so below.
          }
        });
  }

  void put(Results results, Side side, ProgramMeasures measures) throws IOException {
    var seen = readings.getOrDefault(measures.program(), List.of());
    if (seen.size() < READINGS) {
      throw new IOException("it ended while idle, or the benchmark did");
    }
    measures.put(results, side, When.IDLE, Memory.middle(seen));
    var most = seen.stream().mapToDouble(Memory::resident).max().orElseThrow();
    results.put(measures.idleMost(), side, most);
  }
}
