package io.hydra.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hydra template}. */
@Command(
    name = "template",
    mixinStandardHelpOptions = true,
    description = "Write and check data templates.",
    subcommands = {TemplateInit.class, TemplateCheck.class},
    footer = {"hydra template init template.yaml", "hydra template check template.yaml"})
public final class Template implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: init or check");
  }
}
