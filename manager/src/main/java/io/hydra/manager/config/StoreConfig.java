package io.hydra.manager.config;

import io.hydra.tls.TlsFiles;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the manager keeps its state. */
@ConfigMapping(prefix = "hydra.store")
public interface StoreConfig {
  /** A file of this machine, for one manager, or Consul, for any number of them. */
  @WithDefault("embedded")
  Type type();

  /** The file of the embedded store. Its directory is made where it is missing. */
  @WithDefault("data/manager.mv")
  Path file();

  Consul consul();

  /** What keeps the state. */
  enum Type {
    EMBEDDED,
    CONSUL
  }

  /** How Consul is reached: one of its servers or, better, the agent of this machine. */
  interface Consul {
    @WithDefault("http://127.0.0.1:8500")
    URI url();

    /** Holds the ACL token, read again for each call; none when empty. */
    Optional<Path> tokenFile();

    /** All keys lie below this one. Managers that shall know nothing of each other have others. */
    @WithDefault("hydra")
    String prefix();

    /** Limit for one call. */
    @WithDefault("5s")
    Duration timeout();

    /** Whom this program trusts to be Consul, and who it is to a Consul that asks. */
    TlsFiles tls();
  }
}
