package io.hydra.testing.bench;

import io.hydra.testing.process.Repository;
import io.hydra.testing.throttle.ThrottlingProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What {@code make bench-fetch} runs; see {@link FetchOptions#USAGE}. */
public final class FetchBench {
  private static final int USAGE_EXIT = 2;

  private FetchBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      var options = FetchOptions.parse(arguments);
      if (options.help()) {
        System.out.print(FetchOptions.USAGE);
        return;
      }
      System.exit(run(options) ? 0 : 1);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.println("options: make bench-fetch ARGS=--help");
      System.exit(USAGE_EXIT);
    }
  }

  private static boolean run(FetchOptions options) throws IOException, InterruptedException {
    Machine.hardware().forEach(System.out::println);
    System.out.println(
        "%s; Docto on it is started as in its image, with -Xmx%s"
            .formatted(Machine.jvm(), DoctoNode.HEAP));
    var agents = options.sides().stream().map(FetchResults::agent).toList();
    var tools = options.tools().stream().map(FetchTool::title).toList();
    var results = new FetchResults(options.works(), agents, tools, options.https());
    var work = Files.createDirectories(Repository.root().resolve("testing/target/stage"));
    var directory = Files.createTempDirectory(work, "fetch-");
    try (var run = new FetchRun(options, results, new Progress(), directory)) {
      run.measure();
    }
    BenchReport.tell(results.rows(), table(options, results), "fetch");
    return results.any();
  }

  private static List<String> table(FetchOptions options, FetchResults results) {
    var lines = new ArrayList<String>();
    lines.add(conditions(options));
    for (var work : options.works()) {
      lines.add("");
      lines.addAll(results.table(work));
    }
    var judged = results.judged();
    if (!judged.isEmpty()) {
      lines.add("");
      lines.addAll(Table.lines(judged, "docto", "peer", "ratio"));
    }
    return lines;
  }

  private static String conditions(FetchOptions options) {
    var delay =
        options
            .roundTrip()
            .map(time -> ", a round trip %d ms longer".formatted(time.toMillis()))
            .orElse("");
    return "%s by %s%s%s; medians and ranges of %d run(s)"
        .formatted(
            options.server().title(),
            options.https() ? "HTTPS" : "HTTP",
            delay,
            throttle(options),
            options.runs());
  }

  private static String throttle(FetchOptions options) {
    if (options.throttle().isEmpty()) {
      return "";
    }
    int requests = options.throttle().getAsInt();
    return ", which takes %d requests a second (%d at once after a pause) and answers 503 to more"
        .formatted(requests, ThrottlingProxy.burst(requests));
  }
}
