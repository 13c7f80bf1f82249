package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.cli.document.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged command line, run through its launcher as a user would, in a home of its own. */
final class Program {
  private static final Path LAUNCHERS = Path.of("..", "bin").toAbsolutePath().normalize();

  record Result(int exitCode, String out, String err) {
    <T> T json(TypeReference<T> type) {
      try {
        return Documents.readJson(out, type);
      } catch (IOException malformed) {
        throw new UncheckedIOException(out, malformed);
      }
    }

    <T> T yaml(TypeReference<T> type) {
      try {
        return Documents.readYaml(out, type);
      } catch (IOException malformed) {
        throw new UncheckedIOException(out, malformed);
      }
    }
  }

  /** A run that has not ended yet. */
  record Running(Process process, Path out, Path err) {
    Result await() {
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the program ends").isTrue();
        return new Result(process.exitValue(), outSoFar(), errSoFar());
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      } finally {
        process.destroyForcibly();
      }
    }

    String outSoFar() {
      return read(out);
    }

    String errSoFar() {
      return read(err);
    }

    /** As Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
  }

  private final Path home;
  private Path launcher = LAUNCHERS.resolve("hydra");
  private final Map<String, String> variables = new HashMap<>();

  Program(Path home) {
    this.home = home;
  }

  /** As kubectl finds it: by a link of this name to what lies beside {@code hydra}. */
  Program asPlugin() throws IOException {
    launcher =
        Files.createSymbolicLink(home.resolve("kubectl-hydra"), LAUNCHERS.resolve("kubectl-hydra"));
    return this;
  }

  Program with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Path home() {
    return home;
  }

  Result run(String... arguments) {
    return start("", arguments).await();
  }

  Result runWithInput(String input, String... arguments) {
    return start(input, arguments).await();
  }

  Running start(String input, String... arguments) {
    try {
      var command = new ArrayList<>(List.of(launcher.toString()));
      command.addAll(List.of(arguments));
      var in = Files.writeString(Files.createTempFile(home, "in", ""), input);
      var out = Files.createTempFile(home, "out", "");
      var err = Files.createTempFile(home, "err", "");
      var builder =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("HYDRA_"));
      builder.environment().remove("XDG_CONFIG_HOME");
      builder.environment().put("HYDRA_CONFIG", home.resolve("config.yaml").toString());
      builder.environment().put("HYDRA_PROGRAMS", System.getProperty("hydra.programs", "jvm"));
      builder.environment().put("HYDRA_JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(variables);
      return new Running(builder.start(), out, err);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
