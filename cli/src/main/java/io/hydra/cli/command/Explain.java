package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.HelpOption;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Style;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra explain}. */
@Command(
    name = "explain",
    description = "Tell why a release is or is not on a node, on an instance, or everywhere.",
    footer = {
      "hydra explain --env prod -n search --release searcher",
      "hydra explain --node node-3",
      "hydra explain --instance searcher-2 --version 2026-11-08T09-00-00"
    })
public final class Explain implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The release asked about; without it, the one the rollout aims at.")
  Optional<String> version = Optional.empty();

  @Option(names = "--node", paramLabel = "NAME", description = "The node asked about.")
  Optional<String> node = Optional.empty();

  @Option(names = "--instance", paramLabel = "ID", description = "The instance asked about.")
  Optional<String> instance = Optional.empty();

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin HelpOption help = new HelpOption();

  public Explain(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var explanation =
        session
            .manager(destination)
            .channels(
                api -> api.explain(id.env(), id.namespace(), id.name(), version, node, instance));
    if (!output.table()) {
      console.document(output.format(), explanation);
      return;
    }
    console.line(Style.HEADING.paint(Cell.harmless(explanation.subject()), console.outColoured()));
    console.line(Cell.harmless(explanation.verdict()));
    explanation.reasons().forEach(reason -> console.line("  - " + Cell.harmless(reason)));
  }
}
