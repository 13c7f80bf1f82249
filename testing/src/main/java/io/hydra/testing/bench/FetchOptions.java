package io.hydra.testing.bench;

import io.hydra.testing.s3.S3Peer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How the benchmark of fetches was started.
 *
 * @param works what is fetched
 * @param runs of each work by each who takes part
 * @param server where it is fetched from
 * @param tools what Docto is compared with
 * @param build which of ours; both where empty
 * @param https whether the server is reached by HTTPS
 * @param roundTrip time that a request and its answer take longer
 * @param throttle requests a second that the server takes; more are refused
 * @param scenes whether restart, a second release and disk to RAM are measured, too
 * @param help whether it only explains itself
 */
record FetchOptions(
    List<FetchWork> works,
    int runs,
    S3Peer.Kind server,
    List<FetchTool> tools,
    Optional<Side> build,
    boolean https,
    Optional<Duration> roundTrip,
    OptionalInt throttle,
    boolean scenes,
    boolean help) {
  static final String USAGE =
      """
      Usage: make bench-fetch [ARGS="[--quick] [--works=4GiB,1000x1MiB] [--runs=N] [--server=NAME] [--tools=NAME,NAME]
                                     [--native|--jvm] [--https] [--rtt=20ms] [--throttle=N] [--no-scenes]"]

      Fetches the same data by the packaged Docto and by other clients in turn, from a real S3 server of this machine:
      wall time, processor time, memory, and the server's processor time. Prints a table, its progress on stderr, and writes
      target/bench/fetch.json. Data is made and uploaded once and kept in target/bench/fetch-data. See docs/benchmarks.md.

        --works=LIST     what is fetched, one dataset each; default 4GiB,1000x1MiB,20000x16KiB
        --runs=N         of each work by each client, 1 to 50, in turns; default 5
        --quick          256MiB,200x1MiB,2000x16KiB, 3 runs; --works and --runs behind it still count
        --server=NAME    versitygw (default) or seaweedfs
        --tools=LIST     of s5cmd,rclone,aws-cli (the default); none for Docto alone
        --native, --jvm  only that build of Docto; default both, native where it is built (make native)
        --https          the server is reached by HTTPS, with certificates that clients check
        --rtt=TIME       a proxy keeps what is asked and answered waiting, such as 20ms; the proxy's own work is on the same processors
        --throttle=N     a proxy lets N requests a second through, N/10 at once after a pause, and answers 503 SlowDown to more; plain HTTP only
        --no-scenes      without restart after a kill, second release, and disk to RAM
        --help           this

      Programs that are not on PATH are installed once by testing/peers (rclone: only from PATH); one that cannot be had is a row that says so.
      Exit code 0 also when a goal is missed, 1 if nothing could be measured, 2 for a mistake in what it was asked for.
      """;

  static final FetchOptions DEFAULT =
      new FetchOptions(
          works("4GiB,1000x1MiB,20000x16KiB"),
          5,
          S3Peer.Kind.VERSITYGW,
          List.of(FetchTool.values()),
          Optional.empty(),
          false,
          Optional.empty(),
          OptionalInt.empty(),
          true,
          false);

  private static final List<FetchWork> QUICK = works("256MiB,200x1MiB,2000x16KiB");
  private static final int QUICK_RUNS = 3;
  private static final Pattern RUNS = Pattern.compile("[1-4]?\\d|50");
  private static final Pattern REQUESTS = Pattern.compile("[1-9]\\d{0,5}");
  private static final Pattern MILLIS = Pattern.compile("(\\d{1,5})ms");

  FetchOptions {
    if (https && throttle.isPresent()) {
      throw new IllegalArgumentException(
          "--throttle does not go with --https: the proxy has to read what is asked");
    }
  }

  /**
   * @throws IllegalArgumentException with a sentence for people
   */
  static FetchOptions parse(String... arguments) {
    var options = DEFAULT;
    for (var argument : arguments) {
      options = options.with(argument);
    }
    return options;
  }

  private FetchOptions with(String argument) {
    var parts = argument.split("=", 2);
    if (parts.length == 2) {
      return with(parts[0], parts[1]);
    }
    return switch (argument) {
      case "--quick" -> withWorks(QUICK).withRuns(QUICK_RUNS);
      case "--native" -> withBuild(Side.NATIVE);
      case "--jvm" -> withBuild(Side.JVM);
      case "--https" ->
          new FetchOptions(
              works, runs, server, tools, build, true, roundTrip, throttle, scenes, help);
      case "--no-scenes" ->
          new FetchOptions(
              works, runs, server, tools, build, https, roundTrip, throttle, false, help);
      case "--help", "-h" ->
          new FetchOptions(
              works, runs, server, tools, build, https, roundTrip, throttle, scenes, true);
      default -> throw unknown(argument);
    };
  }

  private FetchOptions with(String name, String value) {
    return switch (name) {
      case "--works" -> withWorks(works(value));
      case "--runs" -> withRuns(runs(value));
      case "--server" ->
          new FetchOptions(
              works, runs, server(value), tools, build, https, roundTrip, throttle, scenes, help);
      case "--tools" ->
          new FetchOptions(
              works, runs, server, tools(value), build, https, roundTrip, throttle, scenes, help);
      case "--rtt" ->
          new FetchOptions(
              works,
              runs,
              server,
              tools,
              build,
              https,
              Optional.of(millis(value)),
              throttle,
              scenes,
              help);
      case "--throttle" ->
          new FetchOptions(
              works,
              runs,
              server,
              tools,
              build,
              https,
              roundTrip,
              OptionalInt.of(requests(value)),
              scenes,
              help);
      default -> throw unknown(name);
    };
  }

  private FetchOptions withWorks(List<FetchWork> other) {
    return new FetchOptions(
        other, runs, server, tools, build, https, roundTrip, throttle, scenes, help);
  }

  private FetchOptions withRuns(int other) {
    return new FetchOptions(
        works, other, server, tools, build, https, roundTrip, throttle, scenes, help);
  }

  private FetchOptions withBuild(Side side) {
    return new FetchOptions(
        works, runs, server, tools, Optional.of(side), https, roundTrip, throttle, scenes, help);
  }

  /** The builds of ours that are asked for. */
  List<Side> sides() {
    return build.map(List::of).orElse(List.of(Side.values()));
  }

  private static IllegalArgumentException unknown(String argument) {
    return new IllegalArgumentException("unknown argument " + argument);
  }

  private static List<FetchWork> works(String list) {
    return Arrays.stream(list.split(",")).map(FetchWork::parse).distinct().toList();
  }

  private static int runs(String text) {
    if (!RUNS.matcher(text).matches() || Integer.parseInt(text) == 0) {
      throw new IllegalArgumentException("runs '" + text + "' must be 1 to 50");
    }
    return Integer.parseInt(text);
  }

  private static int requests(String text) {
    if (!REQUESTS.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "requests a second '" + text + "' must be 1 to 999999, such as 400");
    }
    return Integer.parseInt(text);
  }

  private static S3Peer.Kind server(String name) {
    return Arrays.stream(S3Peer.Kind.values())
        .filter(kind -> kind.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "server '" + name + "' must be versitygw or seaweedfs"));
  }

  private static List<FetchTool> tools(String list) {
    if (list.equals("none")) {
      return List.of();
    }
    return Arrays.stream(list.split(",")).map(FetchOptions::tool).distinct().toList();
  }

  private static FetchTool tool(String name) {
    return FetchTool.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "tool '" + name + "' must be s5cmd, rclone or aws-cli, or the list none"));
  }

  private static Duration millis(String text) {
    var parts = MILLIS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("time '" + text + "' must be such as 20ms");
    }
    return Duration.ofMillis(Long.parseLong(parts.group(1)));
  }
}
