package io.hydra.manager.lead;

import io.hydra.tls.TlsFiles;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How managers that share a state choose one to lead, and reach it. */
@ConfigMapping(prefix = "hydra.leader")
public interface LeadConfig {
  /**
   * Where other managers reach this one. By default at {@code host}, with the scheme and the port
   * that it listens with.
   */
  Optional<URI> url();

  /**
   * Name or address, of IPv6 too, at which other managers reach this one. By default the address
   * that it listens on, if that is one.
   */
  Optional<String> host();

  /**
   * The name that managers' certificates have, where it is not the host of their {@code url}: of a
   * service that they are behind.
   */
  Optional<String> certificateName();

  /**
   * For how long a leader that the state was not told of any more may go on giving orders. Others
   * take over a quarter later, or as much later as the leader's own lease demands, if that is
   * longer.
   */
  @WithDefault("4s")
  Duration lease();

  /** Whom this manager trusts to be another one, and who it is to it. */
  TlsFiles tls();
}
