package io.hydra.cli;

import io.hydra.cli.command.Channels;
import io.hydra.cli.command.Completion;
import io.hydra.cli.command.ContextGroup;
import io.hydra.cli.command.Events;
import io.hydra.cli.command.Explain;
import io.hydra.cli.command.Export;
import io.hydra.cli.command.History;
import io.hydra.cli.command.Import;
import io.hydra.cli.command.Instances;
import io.hydra.cli.command.Nodes;
import io.hydra.cli.command.Pin;
import io.hydra.cli.command.Plan;
import io.hydra.cli.command.Promote;
import io.hydra.cli.command.Publish;
import io.hydra.cli.command.Reject;
import io.hydra.cli.command.Releases;
import io.hydra.cli.command.Republish;
import io.hydra.cli.command.Rollback;
import io.hydra.cli.command.Status;
import io.hydra.cli.command.Template;
import io.hydra.cli.command.Unpin;
import io.hydra.cli.command.Uptime;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hydra}: every command is below this one. */
@TopCommand
@Command(
    name = "hydra",
    mixinStandardHelpOptions = true,
    description = "Publish datasets, and watch services roll over to them.",
    subcommands = {
      Publish.class,
      Plan.class,
      Republish.class,
      Status.class,
      Releases.class,
      Pin.class,
      Unpin.class,
      Promote.class,
      Reject.class,
      Rollback.class,
      History.class,
      Events.class,
      Explain.class,
      Channels.class,
      Nodes.class,
      Instances.class,
      Uptime.class,
      Export.class,
      Import.class,
      Template.class,
      ContextGroup.class,
      Completion.class
    },
    footer = {
      "hydra template init template.yaml",
      "hydra publish template.yaml --env prod --release searcher -n search --wait",
      "hydra status --env prod --release searcher -n search --watch",
      "hydra rollback --env prod --release searcher -n search"
    })
public final class Hydra implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
