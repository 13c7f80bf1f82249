package io.hydra.testing.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that was run to its end.
 *
 * @param time from the start of its process to its end
 * @param peakMib the most memory that was resident, looked at every millisecond; 0 when it was gone
 *     before the first look
 */
record Child(Duration time, double peakMib) {
  /**
   * @param log receives what it prints
   * @throws IOException when it cannot be started or fails
   */
  static Child run(List<String> command, Path directory, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    var process = builder.start();
    var atExit = new Thread(() -> end(process), "end-child");
    Runtime.getRuntime().addShutdownHook(atExit);
    double peak = 0;
    while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakNow(process.pid()));
    }
    var time = Duration.ofNanos(System.nanoTime() - began);
    Runtime.getRuntime().removeShutdownHook(atExit);
    if (process.exitValue() != 0) {
      throw new IOException("%s: exit code %d".formatted(command.getFirst(), process.exitValue()));
    }
    return new Child(time, peak);
  }

  private static double peakNow(long pid) {
    try {
      return Memory.of(pid).peak();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
