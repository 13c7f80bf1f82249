package io.hydra.testing.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.hydra.testing.process.Repository;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
      tell(results, options.tls() ? "footprint-tls" : "footprint");
    }
    System.exit(results.any() ? 0 : 1);
  }

  private static void tell(Results results, String name) throws IOException {
    var rows = results.rows();
    var file = Repository.root().resolve("target/bench/" + name + ".json");
    write(rows, file);
    System.out.println();
    Table.lines(rows).forEach(System.out::println);
    System.out.println();
    var missed = rows.stream().filter(row -> !row.holds().orElse(true)).toList();
    missed.forEach(row -> System.out.println("goal missed: " + row.measure().name()));
    if (missed.isEmpty()) {
      System.out.println("no goal that was measured is missed");
    }
    System.out.println("rows: " + file);
  }

  static void write(List<Row> rows, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    HydraJson.mapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), rows.stream().map(Row::asJson).toList());
  }
}
