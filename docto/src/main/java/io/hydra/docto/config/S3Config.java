package io.hydra.docto.config;

import io.hydra.tls.TlsFiles;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How S3 is reached; the same keys as the manager's. */
@ConfigMapping(prefix = "hydra.s3")
public interface S3Config {
  /** Address of an S3 server other than Amazon's. */
  Optional<URI> endpoint();

  /** Region that requests are signed for. */
  @WithDefault("us-east-1")
  String region();

  /** Whether the bucket stands in the path and not in the host name. Default: with an endpoint. */
  Optional<Boolean> pathStyle();

  /** Access key; without both keys the SDK's default credentials chain is asked. */
  Optional<String> accessKey();

  /** Secret key. */
  Optional<String> secretKey();

  /** Whom this program trusts to be S3, and who it is to an S3 server that asks. */
  TlsFiles tls();
}
