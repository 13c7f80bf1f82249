package io.hydra.testing.bench;

import io.hydra.testing.bench.ProgramMeasures.When;
import io.hydra.testing.process.Packaged;
import io.hydra.testing.process.Program;
import io.hydra.testing.process.Repository;
import io.hydra.testing.stage.StageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures programs while they run: an installation of each side at the same time. */
final class RunningPrograms implements AutoCloseable {
  private static final List<ProgramMeasures> MEASURED =
      List.of(
          new ProgramMeasures("manager", 64, Optional.empty()),
          new ProgramMeasures("docto", 40, Optional.of(128)),
          new ProgramMeasures("appman", 30, Optional.empty()));
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(1);

  private final BenchOptions options;
  private final Results results;
  private final Path directory;
  private final Map<Side, Installation> installations = new EnumMap<>(Side.class);

  RunningPrograms(BenchOptions options, Results results, Path directory) {
    this.options = options;
    this.results = results;
    this.directory = directory;
  }

  void measure() {
    for (var measures : MEASURED) {
      results.announce(measures.all());
      results.announce(List.of(Loads.work(measures.program())));
    }
    for (var side : Side.values()) {
      say("starting an installation, " + side.title());
      results.attempt(side, everything(), () -> start(side));
    }
    MEASURED.forEach(this::starts);
    MEASURED.forEach(this::load);
    // Last: a program that has worked holds more than one that only started.
    idle();
    for (var side : Side.values()) {
      commands(side);
    }
  }

  private static List<Measure> everything() {
    var all = new ArrayList<Measure>();
    for (var measures : MEASURED) {
      all.addAll(measures.all());
      all.add(Loads.work(measures.program()));
    }
    return all;
  }

  private void start(Side side) throws IOException {
    var hydra = new Packaged(Repository.root(), side.isNative());
    for (var measures : MEASURED) {
      if (Files.notExists(hydra.program(measures.program()))) {
        throw new IOException(measures.program() + " is not built; see make native");
      }
    }
    var installation = new Installation(side, options.tls(), directory.resolve(side.name()));
    try {
      installation.start();
      installations.put(side, installation);
    } catch (RuntimeException failed) {
      installation.close();
      throw failed;
    }
  }

  /** Both sides take turns, so that a busy moment of the machine hits both. */
  private void starts(ProgramMeasures measures) {
    say("starting each " + measures.program() + " " + options.starts() + " times");
    var observed = new EnumMap<Side, Starts>(Side.class);
    installations.forEach((side, it) -> observed.put(side, new Starts()));
    for (int i = 0; i < options.starts(); i++) {
      installations.forEach(
          (side, it) ->
              results.attempt(
                  side,
                  measures.starting(),
                  () -> observed.getOrDefault(side, new Starts()).once(it, measures.program())));
    }
    observed.forEach(
        (side, starts) ->
            results.attempt(side, measures.starting(), () -> starts.put(results, side, measures)));
  }

  /** What was seen of one program's starts. */
  private static final class Starts {
    private final List<Double> ready = new ArrayList<>();
    private final List<Double> firstAnswer = new ArrayList<>();
    private final List<Memory> memory = new ArrayList<>();

    void once(Installation installation, String module) throws IOException {
      var program = installation.program(module);
      program.terminate();
      var time = StartTime.measure(program::start, installation.readiness(module), PATIENCE);
      memory.add(Memory.of(pid(program)));
      ready.add(millis(time.ready()));
      firstAnswer.add(millis(time.firstAnswer()));
      installation.awaitSteady();
    }

    void put(Results results, Side side, ProgramMeasures measures) {
      var times = new Series(ready);
      results.put(measures.ready(), side, times.median());
      results.put(measures.readyFastest(), side, times.least());
      results.put(measures.readySlowest(), side, times.most());
      results.put(measures.firstAnswer(), side, new Series(firstAnswer).median());
      measures.put(results, side, When.READY, Memory.middle(memory));
    }
  }

  private void idle() {
    say("all idle for " + options.idle());
    var watched = new EnumMap<Side, IdleMemory>(Side.class);
    installations.forEach((side, it) -> watched.put(side, new IdleMemory(pids(it))));
    IdleMemory.watch(watched.values(), options.idle());
    watched.forEach(
        (side, memory) ->
            MEASURED.forEach(
                measures ->
                    results.attempt(
                        side, measures.idling(), () -> memory.put(results, side, measures))));
  }

  private void load(ProgramMeasures measures) {
    var module = measures.program();
    installations.forEach(
        (side, it) -> {
          say("load for " + module + ", " + side.title());
          var wanted = new ArrayList<>(measures.loaded());
          wanted.add(Loads.work(module));
          results.attempt(
              side,
              wanted,
              () -> {
                var loads = new Loads(it);
                loads.prepare(module);
                long pid = pid(it.program(module));
                Memory.resetPeak(pid);
                var use = new ProcessUse(pid);
                var before = use.processorTime();
                long done = loads.run(module);
                var spent = use.processorTime().minus(before);
                var memory = Memory.of(pid);
                measures.put(results, side, When.LOADED, memory);
                results.put(measures.peak(), side, memory.peak());
                results.put(measures.processorTime(), side, spent.toMillis() / 1e3);
                results.put(Loads.work(module), side, (double) done);
              });
        });
  }

  /** One command of the command line program, and one that asks the manager. */
  private void commands(Side side) {
    say("commands, " + side.title());
    command(side, "hydra --version", List.of("--version"));
    var channel = Installation.CHANNEL;
    // Both ask the same manager: what differs is the program.
    var manager =
        installations.values().stream()
            .findFirst()
            .map(it -> it.client().base().toString())
            .orElse("http://127.0.0.1:1");
    command(
        side,
        "hydra status",
        List.of(
            "status",
            "--env",
            channel.env(),
            "-n",
            channel.namespace(),
            "--release",
            channel.name(),
            "--manager",
            manager));
  }

  private void command(Side side, String name, List<String> arguments) {
    var time = Measure.of("cli: " + name + ", median", "ms");
    var peak = Measure.of("cli: " + name + ", resident, peak", "MiB");
    results.attempt(
        side,
        List.of(time, peak),
        () -> {
          var hydra = new Packaged(Repository.root(), side.isNative());
          if (Files.notExists(hydra.program("cli"))) {
            throw new IOException("not built; see make native");
          }
          var command = new ArrayList<>(hydra.command("cli", "256m", Map.of()));
          command.addAll(arguments);
          var environment =
              Map.of("HYDRA_CONFIG", directory.resolve("cli.yaml").toString(), "NO_COLOR", "1");
          var times = new ArrayList<Double>();
          var peaks = new ArrayList<Double>();
          for (int i = 0; i < options.starts(); i++) {
            var run =
                Child.run(command, directory, environment, directory.resolve("cli.log"), LOOK);
            times.add(millis(run.time()));
            peaks.add(run.peakMib());
          }
          results.put(time, side, new Series(times).median());
          results.put(peak, side, new Series(peaks).most());
        });
  }

  /** Whether a signal ends all. */
  boolean isEnding() {
    return installations.values().stream().anyMatch(it -> it.stage().isEnding());
  }

  private static Map<String, Long> pids(Installation installation) {
    var pids = new HashMap<String, Long>();
    for (var measures : MEASURED) {
      var program = measures.program();
      installation.program(program).pid().ifPresent(pid -> pids.put(program, pid));
    }
    return pids;
  }

  private static long pid(Program program) throws IOException {
    return program.pid().orElseThrow(() -> new IOException(program.name() + " has ended"));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private void say(String line) {
    if (!isEnding()) {
      System.out.println(line + " …");
    }
  }

  @Override
  public void close() throws IOException {
    installations.values().forEach(Installation::close);
    new StageDirectory(directory).discard();
  }
}
