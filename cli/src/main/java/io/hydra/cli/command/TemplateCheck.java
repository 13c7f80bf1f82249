package io.hydra.cli.command;

import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Table;
import io.hydra.cli.template.TemplateFile;
import io.hydra.model.DataTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra template check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Check a template here, asking nobody. Whether its sources exist, `hydra publish --dry-run` tells.",
    footer = {"hydra template check template.yaml", "generate | hydra template check -"})
public final class TemplateCheck implements Runnable {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The template, JSON or YAML; - for stdin.")
  String file = "";

  @Mixin OutputOptions output = new OutputOptions();

  public TemplateCheck(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    var template = DataTemplate.check(new TemplateFile(console.in()).read(file));
    if (!output.table()) {
      console.document(output.format(), template);
      return;
    }
    var table = new Table("DATASET", "PLACEMENT", "VERSION", "SOURCE");
    for (var entry : template.entries()) {
      table.row(
          Cell.of(entry.name().value()),
          Cell.of(entry.placement().name()),
          Cell.of(entry.versioned() ? "newest" : "fixed"),
          Cell.of(entry.sourcePath()));
    }
    console.lines(table.lines(console.outColoured()));
  }
}
