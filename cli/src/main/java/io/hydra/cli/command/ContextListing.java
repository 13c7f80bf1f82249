package io.hydra.cli.command;

import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Lists contexts; both {@code hydra context} and {@code hydra context list} do. */
abstract class ContextListing implements Runnable {
  private final ConfigFile file;
  private final Console console;

  @Mixin OutputOptions output = new OutputOptions();

  ContextListing(ConfigFile file, Console console) {
    this.file = file;
    this.console = console;
  }

  @Override
  public void run() {
    var config = file.read();
    if (!output.table()) {
      console.document(output.format(), config);
      return;
    }
    if (config.contexts().isEmpty()) {
      console.note(
          "no context in %s; commands ask http://127.0.0.1:8080, environment prod"
              .formatted(file.path()));
      return;
    }
    var table = new Table("", "CONTEXT", "MANAGER", "ENVIRONMENTS", "NAMESPACE", "RELEASE");
    config
        .contexts()
        .forEach(
            (name, context) -> {
              boolean current = config.currentContext().equals(Optional.of(name));
              table.row(
                  Cell.of(current ? "*" : " "),
                  new Cell(name, current ? Style.GOOD : Style.PLAIN),
                  Cell.of(context.manager().orElse("-")),
                  Cell.of(
                      context.environments().isEmpty()
                          ? "any"
                          : String.join(", ", context.environments())),
                  Cell.of(context.namespace().orElse("-")),
                  Cell.of(context.release().orElse("-")));
            });
    console.lines(table.lines(console.outColoured()));
  }
}
