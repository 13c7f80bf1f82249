package io.hydra.manager.lead;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this manager is for others. */
@ApplicationScoped
class Addresses {
  private static final Set<String> EVERY = Set.of("0.0.0.0", "::", "[::]");

  private final LeadConfig config;
  private final String host;
  private final int port;
  private final boolean isSecure;

  Addresses(
      LeadConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port,
      @ConfigProperty(name = "hydra.tls.certificate-file") Optional<String> certificate) {
    this.config = config;
    this.host = host;
    this.port = port;
    this.isSecure = certificate.isPresent();
  }

  /**
   * @throws ConfigurationException where it is not set and cannot be known
   */
  URI own() {
    return config.url().orElseGet(this::listening);
  }

  private URI listening() {
    var reached = config.host().orElse(host);
    if (EVERY.contains(reached) || port == 0) {
      throw new ConfigurationException(
          "hydra.leader.url and hydra.leader.host are missing: where other managers reach this one, which listens on %s:%d"
              .formatted(host, port));
    }
    var literal = reached.contains(":") && !reached.startsWith("[") ? "[" + reached + "]" : reached;
    return URI.create("%s://%s:%d".formatted(isSecure ? "https" : "http", literal, port));
  }
}
