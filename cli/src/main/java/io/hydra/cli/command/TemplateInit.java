package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.output.Console;
import io.hydra.cli.template.TemplateStarter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra template init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Write a template to start from. YAML comes with comments; JSON has none.",
    footer = {
      "hydra template init",
      "hydra template init template.json --force",
      "hydra template init - | less"
    })
public final class TemplateInit implements Runnable {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "template.yaml",
      description = "Where to; JSON if it ends in .json, - for stdout (default: ${DEFAULT-VALUE}).")
  String file = "template.yaml";

  @Option(names = "--force", description = "Replace the file if there is one.")
  boolean force;

  public TemplateInit(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    var text = TemplateStarter.forFile(file);
    if (file.equals("-")) {
      console.out().print(text);
      console.out().flush();
      return;
    }
    try {
      Files.writeString(Path.of(file), text, options());
    } catch (FileAlreadyExistsException exists) {
      throw CliFailure.usage("there is a file '%s' already".formatted(file), "--force replaces it");
    } catch (IOException failed) {
      throw CliFailure.usage("'%s' cannot be written: %s".formatted(file, failed));
    }
    console.note(
        "%s written; name your datasets and their sources in it, then: hydra template check %s"
            .formatted(file, file));
  }

  private OpenOption[] options() {
    return force
        ? new OpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
        }
        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
  }
}
