package io.hydra.cli.client;

import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.config.Destination;
import io.hydra.cli.config.ManagerAddress;
import io.hydra.cli.config.Resolution;
import io.hydra.cli.config.Variables;
import io.hydra.cli.config.Wanted;
import java.util.function.Function;

/** From what the options say to the manager that is meant. */
public final class Session {
  private final ConfigFile configFile;
  private final Variables variables;
  private final Function<ManagerAddress, Manager> managers;

  public Session(
      ConfigFile configFile, Variables variables, Function<ManagerAddress, Manager> managers) {
    this.configFile = configFile;
    this.variables = variables;
    this.managers = managers;
  }

  public Destination destination(Wanted wanted) {
    return new Resolution(configFile.read(), variables).resolve(wanted);
  }

  public Manager manager(Destination destination) {
    return managers.apply(destination.manager());
  }

  public Manager manager(Wanted wanted) {
    return manager(destination(wanted));
  }
}
