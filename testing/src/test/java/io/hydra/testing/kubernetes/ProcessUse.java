package io.hydra.testing.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used of the machine, as Linux counts it.
 *
 * @param processor since its start
 * @param residentMib at present; VmRSS of proc_pid_status(5)
 */
record ProcessUse(Duration processor, double residentMib) {
  private static final double KIB_PER_MIB = 1024;

  static ProcessUse of(long pid) throws IOException {
    var processor =
        ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElseThrow();
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      var resident =
          lines
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("[^0-9]", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow();
      return new ProcessUse(processor, resident / KIB_PER_MIB);
    }
  }
}
