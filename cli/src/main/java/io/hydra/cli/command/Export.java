package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.backup.Backup;
import io.hydra.cli.backup.Contents;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ManagerOptions;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.ProgressLine;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write all state of a manager to a file: channels with their releases and manifests, and who is registered. Not the data itself, which lies on S3. The manager goes on; the role admin is needed.",
    footer = {"hydra export backup.jsonl", "hydra export - | gzip > backup.jsonl.gz"})
public final class Export implements Runnable {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final Session session;
  private final Console console;

  @Mixin ManagerOptions options = new ManagerOptions();

  @Parameters(paramLabel = "FILE", description = "Where to; - for standard output.")
  Path file = STANDARD_OUTPUT;

  @Option(names = "--force", description = "Replace a file that is there.")
  boolean force;

  public Export(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    console.note("exported " + export());
  }

  private Contents export() {
    try (var progress = new ProgressLine(console)) {
      var backup = new Backup(session.manager(options.wanted()), progress::show);
      return file.equals(STANDARD_OUTPUT) ? toStandardOutput(backup) : toFile(backup);
    }
  }

  private Contents toStandardOutput(Backup backup) {
    var contents = backup.to(console.out(), console.now());
    if (console.out().checkError()) {
      throw CliFailure.usage("standard output was closed before all was written");
    }
    return contents;
  }

  /** Under its name once it is whole. */
  private Contents toFile(Backup backup) {
    if (!force && Files.exists(file)) {
      throw CliFailure.usage("%s is there already".formatted(file), "--force replaces it");
    }
    var fresh = file.resolveSibling(file.getFileName() + ".part");
    try {
      Contents contents;
      try (var sink = new FileOutputStream(fresh.toFile());
          var out = new BufferedOutputStream(sink)) {
        contents = backup.to(out, console.now());
        out.flush();
        // Nobody shall find an empty backup under its name after a loss of power.
        sink.getFD().sync();
      } catch (RuntimeException failed) {
        Files.deleteIfExists(fresh);
        throw failed;
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return contents;
    } catch (IOException | UncheckedIOException e) {
      throw CliFailure.usage("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
