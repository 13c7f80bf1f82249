package io.hydra.testing.demo;

import java.util.regex.Pattern;

/**
 * How the demo was started.
 *
 * @param once whether it ends by itself
 * @param natively whether it runs the native executables
 * @param indexBytes size of the generated index in each release; 0 for none
 * @param help whether it only explains itself
 */
record DemoOptions(boolean once, boolean natively, long indexBytes, boolean help) {
  static final String USAGE =
      """
      Usage: make demo [ARGS="[--once] [--size=SIZE] [--native]"]

      Publishes real models to three nodes on this machine and rolls three replicas of a text-analysis
      service over from one release to the next under steady traffic.

        --once        end by itself; exit code 0 only if no request failed and all else held
        --size=SIZE   add a generated index of that size to each release, such as 500MiB or 2GiB
        --native      run the native executables (make native) instead of the JVM packages
        --help        this
      """;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB|)");

  /**
   * @throws IllegalArgumentException with a sentence for people
   */
  static DemoOptions parse(String[] arguments) {
    var options = new DemoOptions(false, false, 0, false);
    for (int i = 0; i < arguments.length; i++) {
      var argument = arguments[i];
      if (argument.equals("--size") && i + 1 < arguments.length) {
        argument = "--size=" + arguments[++i];
      }
      options = options.with(argument);
    }
    return options;
  }

  private DemoOptions with(String argument) {
    if (argument.startsWith("--size=")) {
      return new DemoOptions(once, natively, bytes(argument.substring(7)), help);
    }
    return switch (argument) {
      case "--once" -> new DemoOptions(true, natively, indexBytes, help);
      case "--native" -> new DemoOptions(once, true, indexBytes, help);
      case "--help", "-h" -> new DemoOptions(once, natively, indexBytes, true);
      default -> throw new IllegalArgumentException("unknown argument " + argument);
    };
  }

  private static long bytes(String text) {
    var parts = SIZE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "size '" + text + "' must be a number with B, KiB, MiB or GiB, such as 2GiB");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "KiB" -> number << 10;
      case "MiB" -> number << 20;
      case "GiB" -> number << 30;
      default -> number;
    };
  }
}
