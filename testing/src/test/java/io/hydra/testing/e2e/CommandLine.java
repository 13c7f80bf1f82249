package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.stage.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged command line.
 *
 * @param directory that it is run in, and that has no settings of its
 */
record CommandLine(Programs programs, Path directory) {
  /** What it said, and how it ended. */
  record Ended(int exitCode, String err) {}

  Ended run(URI manager, String... arguments) {
    var command = new ArrayList<>(List.of(programs.cli().toString()));
    command.addAll(List.of(arguments));
    try {
      var err = Files.createTempFile(directory, "cli", ".err");
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(err.toFile());
      builder.environment().put("HYDRA_MANAGER", manager.toString());
      builder.environment().put("HYDRA_CONFIG", directory.resolve("none.yaml").toString());
      var process = builder.start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("hydra ends").isTrue();
      return new Ended(process.exitValue(), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
