package io.hydra.cli;

import io.hydra.cli.output.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;

/** What all commands have in common, set in one place. */
final class CommandLines {
  private CommandLines() {}

  static CommandLine furnish(
      CommandLine root, Console console, FailureReport failures, IVersionProvider version) {
    furnish(root, version);
    // Each of these applies to all commands below as well.
    return root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.outColoured() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /**
   * Under another name, such as {@code kubectl hydra}: in its help and in what it suggests.
   *
   * @param root furnished
   */
  static CommandLine renamed(CommandLine root, String name) {
    renameExamples(root, root.getCommandName(), name);
    return root.setCommandName(name);
  }

  private static void renameExamples(CommandLine commandLine, String before, String name) {
    var usage = commandLine.getCommandSpec().usageMessage();
    var examples = usage.footer();
    for (int i = 0; i < examples.length; i++) {
      examples[i] = examples[i].replaceAll("\\b" + before + " (?=[a-z])", name + " ");
    }
    usage.footer(examples);
    commandLine.getSubcommands().values().forEach(below -> renameExamples(below, before, name));
  }

  private static void furnish(CommandLine commandLine, IVersionProvider version) {
    var spec = commandLine.getCommandSpec();
    spec.versionProvider(version);
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings())
        .footerHeading("%nExamples:%n")
        .footer(indented(spec.usageMessage().footer()))
        .sortOptions(false)
        .abbreviateSynopsis(true);
    commandLine.getSubcommands().values().forEach(below -> furnish(below, version));
  }

  private static String[] indented(String... examples) {
    var indented = new String[examples.length];
    for (int i = 0; i < examples.length; i++) {
      indented[i] = "  " + examples[i];
    }
    return indented;
  }
}
