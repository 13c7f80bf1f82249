package io.hydra.manager.apiserver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the Kubernetes API server is reached; the defaults are those of a pod. */
@ConfigMapping(prefix = "hydra.kubernetes.api-server")
public interface ApiServerConfig {
  /** Its address; the one that Kubernetes tells each pod when empty. */
  Optional<URI> url();

  /** Certificates of the authorities to trust. */
  @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
  Path caFile();

  /** The service account's token, read again for each call, as Kubernetes renews it. */
  @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount/token")
  Path tokenFile();

  /** Limit for one call. */
  @WithDefault("10s")
  Duration timeout();
}
