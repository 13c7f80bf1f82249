package io.hydra.cli;

import io.hydra.cli.client.Pause;
import io.hydra.cli.client.RestManager;
import io.hydra.cli.client.Session;
import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.config.Variables;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Terminals;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import picocli.CommandLine;

/** Connects the commands with the process that they run in. */
final class Wiring {
  @Produces
  @Singleton
  Variables variables() {
    return new Variables(System.getenv());
  }

  @Produces
  @Singleton
  Console console(Variables variables) {
    return Terminals.console(variables);
  }

  @Produces
  @Singleton
  ConfigFile configFile(Variables variables) {
    return ConfigFile.of(variables, Path.of(System.getProperty("user.home", "")));
  }

  @Produces
  @Singleton
  Session session(ConfigFile configFile, Variables variables, Console console) {
    return new Session(configFile, variables, address -> new RestManager(address, console::note));
  }

  @Produces
  @Singleton
  Pause pause() {
    return Pause.real();
  }

  @Produces
  CommandLine commandLine(
      PicocliCommandLineFactory factory,
      Console console,
      Variables variables,
      VersionText version) {
    var failures = new FailureReport(console, variables.get("HYDRA_DEBUG").isPresent());
    var furnished = CommandLines.furnish(factory.create(), console, failures, version);
    return variables
        .get("HYDRA_COMMAND")
        .map(name -> CommandLines.renamed(furnished, name))
        .orElse(furnished);
  }
}
