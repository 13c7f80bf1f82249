package io.hydra.manager.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** With a certificate, the manager serves HTTPS on its port and nothing else. All are PEM files. */
@ConfigMapping(prefix = "hydra.tls")
public interface TlsConfig {
  /** The manager's certificate, then those of intermediates. */
  Optional<Path> certificateFile();

  /** The key of that certificate, not encrypted. */
  Optional<Path> keyFile();

  /** Certificates of the authorities that sign clients' certificates. */
  Optional<Path> clientCaFile();

  /** Whether clients are asked for a certificate, or are refused without a valid one. */
  @WithDefault("none")
  ClientAuth clientAuth();

  /** What is asked of clients. */
  enum ClientAuth {
    NONE,
    REQUEST,
    REQUIRED
  }
}
