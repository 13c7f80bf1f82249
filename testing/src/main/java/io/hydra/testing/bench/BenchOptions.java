package io.hydra.testing.bench;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the benchmark was started.
 *
 * @param idle how long nobody asks the programs for anything before their idle memory is read
 * @param starts how often each program is started
 * @param tls whether agents use HTTPS to S3 and mutual TLS to the manager
 * @param help whether it only explains itself
 */
record BenchOptions(Duration idle, int starts, boolean tls, boolean help) {
  static final String USAGE =
      """
      Usage: make bench-footprint [ARGS="[--idle=TIME] [--starts=N] [--tls]"]

      Measures every program as native executable and on the JVM: start to ready, resident memory
      (ready, under load, idle afterwards), size, build time. Prints a table and writes target/bench/footprint.json
      (footprint-tls.json with --tls).
      What is not built natively (make native) is a row that says so. See docs/benchmarks.md.

        --idle=TIME   how long programs idle before their memory is read, such as 30s; default 10m
        --starts=N    how often each program is started, 1 to 99; default 9
        --tls         agents use HTTPS to S3 and mutual TLS to the manager
        --help        this

      Exit code 0 also when a goal is missed, 1 if nothing could be measured.
      """;

  static final BenchOptions DEFAULT = new BenchOptions(Duration.ofMinutes(10), 9, false, false);

  private static final Pattern TIME = Pattern.compile("(\\d{1,4})([smh])");
  private static final Pattern COUNT = Pattern.compile("[1-9]\\d?");

  /**
   * @throws IllegalArgumentException with a sentence for people
   */
  static BenchOptions parse(String... arguments) {
    var options = DEFAULT;
    for (var argument : arguments) {
      options = options.with(argument);
    }
    return options;
  }

  private BenchOptions with(String argument) {
    if (argument.startsWith("--idle=")) {
      return new BenchOptions(time(argument.substring(7)), starts, tls, help);
    }
    if (argument.startsWith("--starts=")) {
      return new BenchOptions(idle, count(argument.substring(9)), tls, help);
    }
    if (argument.equals("--tls")) {
      return new BenchOptions(idle, starts, true, help);
    }
    if (argument.equals("--help") || argument.equals("-h")) {
      return new BenchOptions(idle, starts, tls, true);
    }
    throw new IllegalArgumentException("unknown argument " + argument);
  }

  private static Duration time(String text) {
    var parts = TIME.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("time '" + text + "' must be such as 30s, 10m or 1h");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static int count(String text) {
    if (!COUNT.matcher(text).matches()) {
      throw new IllegalArgumentException("starts '" + text + "' must be 1 to 99");
    }
    return Integer.parseInt(text);
  }
}
