package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Table;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra context show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a context; the current one, if none is named.",
    footer = {"hydra context show", "hydra context show local -o json"})
public final class ContextShow implements Runnable {
  private final ConfigFile file;
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The context.")
  Optional<String> name = Optional.empty();

  @Mixin OutputOptions output = new OutputOptions();

  public ContextShow(ConfigFile file, Console console) {
    this.file = file;
    this.console = console;
  }

  @Override
  public void run() {
    var config = file.read();
    var chosen =
        name.or(config::currentContext)
            .orElseThrow(
                () ->
                    CliFailure.usage(
                        "no context is the current one", "choose: hydra context use NAME"));
    var context = Contexts.find(config, chosen);
    if (!output.table()) {
      console.document(output.format(), context);
      return;
    }
    var table = new Table("CONTEXT", chosen);
    table.row(Cell.of("manager"), Cell.of(context.manager().orElse("-")));
    table.row(
        Cell.of("environments"),
        Cell.of(
            context.environments().isEmpty() ? "any" : String.join(", ", context.environments())));
    table.row(Cell.of("namespace"), Cell.of(context.namespace().orElse("-")));
    table.row(Cell.of("release"), Cell.of(context.release().orElse("-")));
    context.caFile().ifPresent(path -> table.row(Cell.of("ca-file"), Cell.of(path)));
    context
        .certificateFile()
        .ifPresent(path -> table.row(Cell.of("certificate-file"), Cell.of(path)));
    context.tokenFile().ifPresent(path -> table.row(Cell.of("token-file"), Cell.of(path)));
    context.keyFile().ifPresent(path -> table.row(Cell.of("key-file"), Cell.of(path)));
    table.row(Cell.of("file"), Cell.of(file.path().toString()));
    console.lines(table.lines(console.outColoured()));
  }
}
