package io.hydra.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a running process takes. */
record ProcessUse(long pid) {
  /** Of user space, on every Linux that Java runs on; see proc_pid_stat(5). */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Where cutime and cstime stand behind the name, which may hold anything. */
  private static final int ENDED_USER = 13;

  private static final int ENDED_SYSTEM = 14;

  Memory memory() throws IOException {
    return Memory.of(pid);
  }

  /** Processor time of all its threads since its start. */
  Duration processorTime() throws IOException {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IOException("the process has ended"));
  }

  /**
   * Processor time of all our children that have ended and were waited for, their own such children
   * included, as wait4(2) tells it; in steps of 10 ms.
   */
  static Duration ofEndedChildren() throws IOException {
    return ofEndedChildren(Files.readString(Path.of("/proc/self/stat")));
  }

  /**
   * @param stat what proc_pid_stat(5) describes
   */
  static Duration ofEndedChildren(String stat) throws IOException {
    var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length <= ENDED_SYSTEM) {
      throw new IOException("no cutime and cstime in '%s'".formatted(stat.strip()));
    }
    long ticks = Long.parseLong(fields[ENDED_USER]) + Long.parseLong(fields[ENDED_SYSTEM]);
    return TICK.multipliedBy(ticks);
  }
}
