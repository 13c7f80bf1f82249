package io.hydra.manager.config;

import io.hydra.tls.TlsFiles;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How S3 is reached. */
@ConfigMapping(prefix = "hydra.s3")
public interface S3Config {
  /** Address of an S3 server; AWS' own when empty. */
  Optional<URI> endpoint();

  @WithDefault("us-east-1")
  String region();

  /** Whether the bucket stands in the path and not in the host name. Default: with an endpoint. */
  Optional<Boolean> pathStyle();

  /**
   * With {@code secret-key}; the default chain of the AWS SDK (environment, profile, container,
   * instance) when empty.
   */
  Optional<String> accessKey();

  Optional<String> secretKey();

  /** Limit for one call, retries included. */
  @WithDefault("60s")
  Duration timeout();

  /** Whom this program trusts to be S3, and who it is to an S3 server that asks. */
  TlsFiles tls();
}
