package io.hydra.manager.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How callers of the API prove who they are, and what they may do. */
@ConfigMapping(prefix = "hydra.identity")
public interface IdentityConfig {
  /**
   * What a call without a token may do: a role for all channels, or {@code none}. Where nothing
   * else of this is set and the manager listens on loopback only, {@code admin}; else {@code none}.
   */
  Optional<String> anonymous();

  /**
   * Static tokens for plain hosts. A line is {@code NAME SHA-256-OF-THE-TOKEN ROLE SCOPE…}; the
   * scope is one or more patterns of channels, for an agent {@code node:NAME}, and {@code
   * instance:ID} too where it is an AppMan. Read again when it changes.
   */
  Optional<Path> tokensFile();

  Kubernetes kubernetes();

  /** Tokens of service accounts, checked by TokenReview at the API server. */
  interface Kubernetes {
    @WithDefault("false")
    boolean enabled();

    /** The audience that a token must be meant for. */
    @WithDefault("hydra")
    String audience();

    /** {@code NAMESPACE/NAME} of the service account of Docto. */
    @WithDefault("hydra-nodes/hydra-docto")
    String doctoAccount();

    /**
     * Who has which role. A line is {@code ROLE CHANNELS WHO…}; channels are patterns with commas
     * between, and who is {@code serviceaccount:NAMESPACE/NAME}, {@code group:NAME} or {@code
     * user:NAME}. Read again when it changes. Nobody but agents when empty.
     */
    Optional<Path> rolesFile();

    /** For how long an answer of the API server is believed, at most. */
    @WithDefault("1m")
    Duration cache();

    /** For how long, while the API server does not answer. */
    @WithDefault("10m")
    Duration cacheWithoutApiServer();
  }
}
