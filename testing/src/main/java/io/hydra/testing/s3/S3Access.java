package io.hydra.testing.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How clients come to an S3 server that wants signatures.
 *
 * @param authority PEM file of who vouches for the server, where it is reached by HTTPS
 */
public record S3Access(URI endpoint, String accessKey, String secretKey, Optional<Path> authority) {
  public static final String REGION = "us-east-1";

  /** The same server by another port, as that of a proxy. */
  public S3Access by(int port) {
    return new S3Access(
        URI.create("%s://127.0.0.1:%d".formatted(endpoint.getScheme(), port)),
        accessKey,
        secretKey,
        authority);
  }
}
