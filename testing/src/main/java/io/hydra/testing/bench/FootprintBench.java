package io.hydra.testing.bench;

import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.nio.file.Files;

/** What {@code make bench-footprint} runs; see {@link BenchOptions#USAGE}. */
public final class FootprintBench {
  private static final int USAGE_EXIT = 2;

  private FootprintBench() {}

  public static void main(String[] arguments) throws IOException {
    BenchOptions options;
    try {
      options = BenchOptions.parse(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(BenchOptions.USAGE);
      System.exit(USAGE_EXIT);
      return;
    }
    if (options.help()) {
      System.out.print(BenchOptions.USAGE);
      return;
    }
    var results = new Results();
    Machine.facts().forEach(System.out::println);
    var work = Files.createDirectories(Repository.root().resolve("testing/target/stage"));
    boolean ended;
    try (var running =
        new RunningPrograms(options, results, Files.createTempDirectory(work, "bench-"))) {
      running.measure();
      ended = running.isEnding();
    }
    if (!ended) {
      new BuiltPrograms(Repository.root(), results).measure();
      var rows = results.rows();
      BenchReport.tell(rows, Table.lines(rows), options.tls() ? "footprint-tls" : "footprint");
    }
    System.exit(results.any() ? 0 : 1);
  }
}
