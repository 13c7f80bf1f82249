package io.hydra.testing.bench;

import io.hydra.testing.fleet.Landscape;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the load test with simulated agents was started.
 *
 * @param agents of most measures
 * @param moreAgents of the last ones
 * @param channels besides the one that every node holds
 * @param publishes of which the percentiles are
 * @param build of the manager; the native executable where it is built when empty
 * @param heap of a manager on the JVM, as for {@code -Xmx}
 * @param peer whether Consul is measured, too
 * @param help whether it only explains itself
 */
record AgentsOptions(
    int agents,
    int moreAgents,
    int channels,
    int publishes,
    Optional<Side> build,
    String heap,
    boolean peer,
    boolean help) {
  static final String USAGE =
      """
      Usage: make bench-agents [ARGS="[--agents=N] [--more-agents=N] [--channels=N] [--publishes=N]
                                      [--native|--jvm] [--heap=SIZE] [--no-peer]"]

      A load test: simulated agents of one process beside one packaged manager with its embedded store, over HTTP.
      Measures how soon agents are told of a publish, what a publish costs while channels and agents become more, how
      soon a new leader has heard all agents, and the manager's memory. Prints a table, its progress on stderr, and writes
      target/bench/agents.json. See docs/benchmarks.md.

        --agents=N       of most measures, a multiple of 5; default 5000
        --more-agents=N  of the last ones, a multiple of 5 not below --agents; default 10000
        --channels=N     a multiple of 100; default 10000
        --publishes=N    of which percentiles are, 10 to 10000; default 200
        --native, --jvm  which build of the manager; default native where it is built (make native), else JVM
        --heap=SIZE      of a manager on the JVM, default 512m, as much as the native one may have
        --no-peer        without Consul beside
        --help           this

      Each agent has two connections, so two open files here and two in the manager; where the limit (ulimit -n) is below
      that, agents share connections for their reports, and it must be at least 1500 above the number of agents.
      Exit code 0 also when a goal is missed, 1 if nothing could be measured, 2 for a mistake in what it was asked for.
      """;

  static final AgentsOptions DEFAULT =
      new AgentsOptions(5000, 10_000, 10_000, 200, Optional.empty(), "512m", true, false);

  /** Open files for all else, and connections of who publishes. */
  static final int SPARE_FILES = 1500;

  private static final int MOST = 100_000;
  private static final int CHANNELS_STEP = 100;
  private static final int FEWEST_PUBLISHES = 10;
  private static final int MOST_PUBLISHES = 10_000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}[mg]");

  /**
   * @throws IllegalArgumentException with a sentence for people
   */
  static AgentsOptions parse(String... arguments) {
    var options = DEFAULT;
    for (var argument : arguments) {
      options = options.with(argument);
    }
    if (options.moreAgents < options.agents) {
      // A smaller run need not name both.
      options = options.withAgents(options.agents, options.agents);
    }
    return options;
  }

  private AgentsOptions with(String argument) {
    int end = argument.indexOf('=');
    var value = argument.substring(end + 1);
    return switch (end < 0 ? argument : argument.substring(0, end + 1)) {
      case "--agents=" -> withAgents(number(argument, value, Landscape.GROUP, 5, MOST), moreAgents);
      case "--more-agents=" ->
          withAgents(agents, number(argument, value, Landscape.GROUP, 5, MOST));
      case "--channels=" ->
          with(number(argument, value, CHANNELS_STEP, CHANNELS_STEP, MOST), publishes);
      case "--publishes=" ->
          with(channels, number(argument, value, 1, FEWEST_PUBLISHES, MOST_PUBLISHES));
      case "--native" -> with(Optional.of(Side.NATIVE), heap, peer, help);
      case "--jvm" -> with(Optional.of(Side.JVM), heap, peer, help);
      case "--heap=" -> with(build, size(value), peer, help);
      case "--no-peer" -> with(build, heap, false, help);
      case "--help", "-h" -> with(build, heap, peer, true);
      default -> throw new IllegalArgumentException("unknown argument " + argument);
    };
  }

  private AgentsOptions withAgents(int some, int more) {
    return new AgentsOptions(some, more, channels, publishes, build, heap, peer, help);
  }

  private AgentsOptions with(int newChannels, int newPublishes) {
    return new AgentsOptions(
        agents, moreAgents, newChannels, newPublishes, build, heap, peer, help);
  }

  private AgentsOptions with(
      Optional<Side> newBuild, String newHeap, boolean newPeer, boolean newHelp) {
    return new AgentsOptions(
        agents, moreAgents, channels, publishes, newBuild, newHeap, newPeer, newHelp);
  }

  private static int number(String argument, String text, int multipleOf, int least, int most) {
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (number < least || number > most || number % multipleOf != 0) {
      throw new IllegalArgumentException(
          "%s: must be %d to %d%s"
              .formatted(
                  argument, least, most, multipleOf > 1 ? ", a multiple of " + multipleOf : ""));
    }
    return number;
  }

  private static String size(String text) {
    if (!SIZE.matcher(text).matches()) {
      throw new IllegalArgumentException("heap '" + text + "' must be such as 192m or 1g");
    }
    return text;
  }

  /**
   * @param openFiles that a process may have
   * @throws IllegalArgumentException with a sentence for people where they are too few for {@link
   *     #agents}
   */
  void requireFiles(long openFiles) {
    if (openFiles < agents + SPARE_FILES) {
      throw new IllegalArgumentException(
          "%d agents need at least %d open files, and this process may have %d: raise the limit (ulimit -n %d), or ask for fewer (ARGS=--agents=N)"
              .formatted(agents, agents + SPARE_FILES, openFiles, 2 * agents + SPARE_FILES));
    }
  }
}
