package io.hydra.manager.serve;

import io.hydra.manager.config.TlsConfig;
import io.hydra.tls.PemFile;
import io.hydra.tls.Tls;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** What the manager's HTTPS server shows and whom it trusts; nothing, where it serves HTTP. */
@Singleton
final class ServerTls implements HttpServerOptionsCustomizer {
  private static final String CERTIFICATE = "hydra.tls.certificate-file";
  private static final String KEY = "hydra.tls.key-file";
  private static final String CLIENT_CA = "hydra.tls.client-ca-file";
  private static final String CLIENT_AUTH = "hydra.tls.client-auth";

  private final TlsConfig config;

  ServerTls(TlsConfig config) {
    this.config = config;
  }

  /** The HTTP server is opened after this. */
  void register(
      @Observes @Priority(1) StartupEvent event, Instance<TlsConfigurationRegistry> registry) {
    refuseContradictions();
    if (config.certificateFile().isPresent()) {
      var tls =
          Tls.server(
              file(CERTIFICATE, config.certificateFile()).orElseThrow(),
              file(KEY, config.keyFile()).orElseThrow(),
              file(CLIENT_CA, config.clientCaFile()));
      registry.get().register(HttpsInsteadOfHttp.REGISTERED, tls.forQuarkus());
    }
  }

  /** Quarkus fixes this one at build time. */
  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setClientAuth(
        switch (config.clientAuth()) {
          case NONE -> ClientAuth.NONE;
          case REQUEST -> ClientAuth.REQUEST;
          case REQUIRED -> ClientAuth.REQUIRED;
        });
  }

  private void refuseContradictions() {
    if (config.certificateFile().isPresent() != config.keyFile().isPresent()) {
      throw new ConfigurationException(
          config.keyFile().isEmpty()
              ? "%s: %s is of no use without %s"
                  .formatted(CERTIFICATE, config.certificateFile().orElseThrow(), KEY)
              : "%s: %s is of no use without %s"
                  .formatted(KEY, config.keyFile().orElseThrow(), CERTIFICATE));
    }
    boolean asks = config.clientAuth() != TlsConfig.ClientAuth.NONE;
    if (asks && config.certificateFile().isEmpty()) {
      throw new ConfigurationException(
          "%s asks for clients' certificates, which needs HTTPS: %s is missing"
              .formatted(CLIENT_AUTH, CERTIFICATE));
    }
    if (asks != config.clientCaFile().isPresent()) {
      throw new ConfigurationException(
          asks
              ? "%s asks for clients' certificates, but %s does not say whose are trusted"
                  .formatted(CLIENT_AUTH, CLIENT_CA)
              : "%s is of no use while %s is none".formatted(CLIENT_CA, CLIENT_AUTH));
    }
  }

  private static Optional<PemFile> file(String setting, Optional<Path> path) {
    return path.map(given -> new PemFile(setting, given));
  }
}
