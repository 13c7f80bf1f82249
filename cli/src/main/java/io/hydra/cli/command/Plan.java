package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.HelpOption;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.TemplateOptions;
import io.hydra.cli.output.Console;
import io.hydra.wire.ReleasePlan;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra plan}. */
@Command(
    name = "plan",
    description = {
      "Tell what a publish would lead to: on which nodes the release fits, what each would fetch and evict and how long that takes, which instances would reload. Nothing is changed.",
      "With --check, exit with 1 unless every node can hold it."
    },
    footer = {
      "hydra plan template.json --env prod --release searcher -n search",
      "hydra plan template.json --check && hydra publish template.json"
    })
public final class Plan implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin TemplateOptions template = new TemplateOptions();
  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(names = "--create-channel", description = "Plan also for a channel that does not exist.")
  boolean createChannel;

  @Option(names = "--check", description = "Fail unless every node can hold the release.")
  boolean check;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin HelpOption help = new HelpOption();

  public Plan(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var request = template.request(console.in(), true, createChannel);
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var plan =
        session
            .manager(destination)
            .patiently(api -> api.plan(id.env(), id.namespace(), id.name(), request));
    show(plan);
    if (check && !plan.fits()) {
      throw new CliFailure(
          ExitCode.REFUSED,
          "DOES_NOT_FIT",
          "%s does not fit everywhere: %s".formatted(plan.release().version(), plan.verdict()),
          Optional.empty());
    }
  }

  private void show(ReleasePlan plan) {
    if (output.table()) {
      console.lines(PlanText.lines(plan, console.outColoured()));
    } else {
      console.document(output.format(), plan);
    }
  }
}
