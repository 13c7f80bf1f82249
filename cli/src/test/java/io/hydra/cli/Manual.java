package io.hydra.cli;

import picocli.CommandLine;

/** The part of docs/cli.md that repeats the help of every command. */
final class Manual {
  private static final String REFERENCE = "\n# Reference\n";

  private Manual() {}

  /** The manual with its reference brought up to date. */
  static String withReference(String manual, CommandLine root) {
    var fresh = new StringBuilder(manual.substring(0, manual.indexOf(REFERENCE)));
    fresh.append(REFERENCE).append("\nAs `--help` prints it, without the exit codes.\n");
    append(root, fresh);
    return fresh.toString();
  }

  private static void append(CommandLine command, StringBuilder manual) {
    manual
        .append("\n## ")
        .append(command.getCommandSpec().qualifiedName())
        .append("\n\n```\n")
        .append(section(command))
        .append("```\n");
    command.getSubcommands().values().forEach(below -> append(below, manual));
  }

  private static String section(CommandLine command) {
    var usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    int begin = usage.indexOf("\nExit codes:\n");
    int end = usage.indexOf("\nExamples:\n");
    return usage.substring(0, begin) + usage.substring(end);
  }
}
