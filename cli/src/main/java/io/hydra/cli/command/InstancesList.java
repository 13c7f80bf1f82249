package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.output.Console;
import picocli.CommandLine.Command;

/** {@code hydra instances list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List instances: where they run, what they serve and do.",
    footer = {"hydra instances list -n search", "hydra instances list -o json"})
public final class InstancesList extends InstanceListing {
  public InstancesList(Session session, Console console) {
    super(session, console);
  }
}
