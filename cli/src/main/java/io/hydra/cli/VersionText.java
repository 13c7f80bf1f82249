package io.hydra.cli;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version}. */
@Singleton
public final class VersionText implements IVersionProvider {
  private final String version;

  public VersionText(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"hydra " + version};
  }
}
