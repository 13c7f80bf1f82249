package io.hydra.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Memory of a process as Linux counts it, in MiB; see proc_pid_status(5).
 *
 * @param resident VmRSS: everything of it that is in RAM
 * @param anonymous RssAnon: heap, stacks, and pages of files that it changed
 * @param file RssFile: pages of its executable and libraries; shared, and given back under pressure
 * @param peak VmHWM: the most that was resident since the start or {@link #resetPeak}
 */
record Memory(double resident, double anonymous, double file, double peak) {
  private static final double KIB_PER_MIB = 1024;

  static Memory of(long pid) throws IOException {
    return parse(Files.readString(Path.of("/proc/" + pid + "/status")));
  }

  /**
   * @throws IOException when a number is not there, as in what is left of a process that ended
   */
  static Memory parse(String status) throws IOException {
    var fields =
        status
            .lines()
            .map(line -> line.split(":\\s*", 2))
            .filter(parts -> parts.length == 2 && parts[1].endsWith(" kB"))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replace(" kB", "")));
    double[] read = new double[4];
    var names = new String[] {"VmRSS", "RssAnon", "RssFile", "VmHWM"};
    for (int i = 0; i < names.length; i++) {
      var value = fields.get(names[i]);
      if (value == null) {
        throw new IOException("no " + names[i] + ": the process has ended");
      }
      read[i] = Long.parseLong(value) / KIB_PER_MIB;
    }
    return new Memory(read[0], read[1], read[2], read[3]);
  }

  /** The one whose resident memory is in the middle; of an even number, the larger of two. */
  static Memory middle(List<Memory> several) {
    return several.stream()
        .sorted(Comparator.comparingDouble(Memory::resident))
        .skip(several.size() / 2)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing was measured"));
  }

  /** From now on {@link #peak} counts anew. */
  static void resetPeak(long pid) throws IOException {
    Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
  }
}
