package io.hydra.testing.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Optional;

/** What {@code make bench-agents} runs; see {@link AgentsOptions#USAGE}. */
public final class AgentsBench {
  private static final int USAGE_EXIT = 2;

  private AgentsBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      var options = AgentsOptions.parse(arguments);
      if (options.help()) {
        System.out.print(AgentsOptions.USAGE);
        return;
      }
      options.requireFiles(openFiles());
      System.exit(run(options) ? 0 : 1);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.println("options: make bench-agents ARGS=--help");
      System.exit(USAGE_EXIT);
    }
  }

  /** How many files this process may have open; the manager, which it starts, has the same. */
  static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private static boolean run(AgentsOptions options) throws IOException, InterruptedException {
    Machine.facts().forEach(System.out::println);
    var progress = new Progress();
    var rows = new AgentsRows(progress);
    var work = Files.createDirectories(Repository.root().resolve("testing/target/stage"));
    var directory = Files.createTempDirectory(work, "agents-");
    Optional<Side> side = Optional.empty();
    try (var run = new AgentsRun(options, rows, progress, directory, openFiles())) {
      side = Optional.of(run.side());
      run.measure();
    }
    var title = side.map(Side::title).orElse("manager");
    BenchReport.tell(rows.rows(), Table.lines(rows.rows(), title, "Consul", "ratio"), "agents");
    return rows.any();
  }
}
