package io.hydra.testing.demo;

import io.hydra.testing.stage.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the real command line program against a stage, showing command and output. */
public final class Cli {
  private final Stage stage;
  private final Narrator narrator;

  public Cli(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  /** How a run ended. */
  public record Result(int exitCode, String output) {}

  /** A command as a person would type it in the checkout. */
  public String text(List<String> arguments) {
    return "bin/hydra " + String.join(" ", complete(arguments));
  }

  /** Runs it to its end. */
  public Result run(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(stage.programs().cli().toString()));
    command.addAll(complete(List.of(arguments)));
    narrator.say("$ " + text(List.of(arguments)));
    var builder =
        new ProcessBuilder(command)
            .directory(stage.programs().root().toFile())
            .redirectErrorStream(true);
    builder.environment().put("NO_COLOR", "1");
    builder
        .environment()
        .put("HYDRA_PROGRAMS", stage.programs().hydra().natively() ? "native" : "jvm");
    // The reader's own contexts must not lead the demo elsewhere.
    builder.environment().put("HYDRA_CONFIG", stage.directory().resolve("cli.yaml").toString());
    var process = builder.start();
    process.getOutputStream().close();
    var output = new StringBuilder();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        narrator.say(line);
        output.append(line).append('\n');
      }
      return new Result(process.waitFor(), output.toString());
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private List<String> complete(List<String> arguments) {
    var channel = stage.settings().channel();
    var complete = new ArrayList<>(arguments);
    complete.addAll(
        List.of(
            "--env",
            channel.env(),
            "-n",
            channel.namespace(),
            "--release",
            channel.name(),
            "--manager",
            stage.client().base().toString()));
    return complete;
  }
}
