package io.hydra.testing.demo;

import io.hydra.testing.process.Packaged;
import io.hydra.testing.process.Repository;
import io.hydra.testing.stage.Programs;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What {@code make demo} runs; see {@link DemoOptions#USAGE}. */
public final class Demo {
  private static final int USAGE_EXIT = 2;
  private static final int DEFAULT_COLUMNS = 100;

  private final DemoOptions options;
  private final Narrator narrator;
  private final Path directory;
  private final Claim claim;

  private Demo(DemoOptions options, Narrator narrator, Path directory, Claim claim) {
    this.options = options;
    this.narrator = narrator;
    this.directory = directory;
    this.claim = claim;
  }

  public static void main(String[] arguments) throws IOException {
    DemoOptions options;
    try {
      options = DemoOptions.parse(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(DemoOptions.USAGE);
      System.exit(USAGE_EXIT);
      return;
    }
    if (options.help()) {
      System.out.print(DemoOptions.USAGE);
      return;
    }
    var work = Files.createDirectories(Repository.root().resolve("testing/target/stage"));
    Claim.discardAbandoned(work);
    var directory = Files.createTempDirectory(work, "demo-");
    var demo = new Demo(options, narrator(), directory, Claim.on(directory));
    System.exit(demo.run());
  }

  private static Narrator narrator() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
    return terminal && !dumb
        ? new TerminalNarrator(System.out, columns())
        : new PlainNarrator(System.out);
  }

  /** Width of the terminal, as the terminal says; 100 where it does not. */
  private static int columns() {
    try {
      var asked =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int columns = Integer.parseInt(answer.strip().replaceFirst("^\\d+ ", ""));
      return columns > 0 ? columns : DEFAULT_COLUMNS;
    } catch (IOException | NumberFormatException unknown) {
      return DEFAULT_COLUMNS;
    }
  }

  /** The exit code. */
  private int run() throws IOException {
    var programs = new Programs(new Packaged(Repository.root(), options.natively()));
    var missing = programs.missing();
    if (!missing.isEmpty()) {
      narrator.say("not built yet: " + missing);
      narrator.say("run: make " + (options.natively() ? "build native" : "build"));
      return 1;
    }
    try (var scenario = new Scenario(programs, directory, options.indexBytes(), narrator)) {
      scenario.stage().discardAtEnd(true);
      boolean held = play(scenario);
      if (!held) {
        scenario.stage().discardAtEnd(false);
        claim.giveUp();
      }
      if (!options.once() && !scenario.stage().isEnding()) {
        stayUp(scenario);
      }
      return held ? 0 : 1;
    }
  }

  private boolean play(Scenario scenario) {
    try {
      return tell(scenario.run());
    } catch (RuntimeException | IOException broken) {
      if (scenario.stage().isEnding()) {
        // Somebody ends us in the middle of the story: no wonder that it breaks off.
        return true;
      }
      narrator.step("The demo failed");
      narrator.say(String.valueOf(broken.getMessage()));
      narrator.say("everything that was written is kept in " + directory);
      return false;
    }
  }

  private boolean tell(Outcome outcome) {
    narrator.step("Summary");
    outcome.summary().forEach(narrator::say);
    narrator.step("What had to hold");
    var verdicts = outcome.verdicts();
    verdicts.forEach(verdict -> narrator.say(verdict.toString()));
    boolean held = verdicts.stream().allMatch(Verdict::holds);
    if (!held) {
      narrator.say("everything that was written is kept in " + directory);
    }
    return held;
  }

  /** Until a signal ends this program, and with it all others. */
  private void stayUp(Scenario scenario) {
    narrator.step(
        "All stays up, under light traffic, until Ctrl-C. Things to try in another terminal:");
    new Suggestions(scenario).lines().forEach(narrator::say);
    scenario.goOn();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
