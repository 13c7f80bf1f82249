package io.hydra.manager.serve;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * With a certificate of its own, the manager's HTTP server speaks HTTPS on the one port that is
 * configured, and plain HTTP nowhere.
 */
public final class HttpsInsteadOfHttp implements ConfigSourceFactory {
  /** The name under which {@link ServerTls} registers what that server shows and trusts. */
  static final String REGISTERED = "hydra";

  private static final int ABOVE_PROPERTIES_FILES = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    var certificate = context.getValue("hydra.tls.certificate-file").getValue();
    if (certificate == null || certificate.isBlank()) {
      return List.of();
    }
    var port = context.getValue("quarkus.http.port").getValue();
    return List.of(
        new PropertiesConfigSource(
            Map.of(
                "quarkus.http.tls-configuration-name",
                REGISTERED,
                "quarkus.http.insecure-requests",
                "disabled",
                "quarkus.http.http2",
                "false",
                "quarkus.http.ssl-port",
                port == null ? "8080" : port),
            "HTTPS by hydra.tls.certificate-file",
            ABOVE_PROPERTIES_FILES));
  }
}
