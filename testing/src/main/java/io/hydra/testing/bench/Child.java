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
 * @param processor processor time of it and of its own children, in steps of 10 ms; too much when
 *     another child of ours ended meanwhile
 * @param peakMib the most memory that was resident in its own process; what grew after the last
 *     look is missed, and it is 0 when it was gone before the first
 */
record Child(Duration time, Duration processor, double peakMib) {
  /**
   * @param environment what is added to ours; what is empty is taken out of it
   * @param log receives what it prints
   * @param look how often its memory is looked at
   * @throws IOException when it cannot be started or fails
   */
  static Child run(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Path log,
      Duration look)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().values().removeIf(String::isEmpty);
    var before = ProcessUse.ofEndedChildren();
    long began = System.nanoTime();
    var process = builder.start();
    var atExit = new Thread(() -> end(process), "end-child");
    Runtime.getRuntime().addShutdownHook(atExit);
    double peak = 0;
    while (!process.waitFor(look.toNanos(), TimeUnit.NANOSECONDS)) {
      peak = Math.max(peak, peakNow(process.pid()));
    }
    var time = Duration.ofNanos(System.nanoTime() - began);
    Runtime.getRuntime().removeShutdownHook(atExit);
    if (process.exitValue() != 0) {
      throw new IOException("%s: exit code %d".formatted(command.getFirst(), process.exitValue()));
    }
    return new Child(time, ProcessUse.ofEndedChildren().minus(before), peak);
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
