package io.hydra.testing.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.hydra.testing.process.Repository;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a benchmark leaves: its table on stdout, its rows in a file. */
final class BenchReport {
  private BenchReport() {}

  /**
   * @param name of the file in {@code target/bench}
   */
  static void tell(List<Row> rows, List<String> table, String name) throws IOException {
    var file = Repository.root().resolve("target/bench/" + name + ".json");
    write(rows, file);
    System.out.println();
    table.forEach(System.out::println);
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
