package io.hydra.manager.identity;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;

/** What somebody may do who does not say who he is. */
final class Anonymity {
  private static final String SETTING = "hydra.identity.anonymous";

  private final IdentityConfig config;
  private final Listener listener;

  Anonymity(IdentityConfig config, Listener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * His role; none where calls without a token are refused.
   *
   * @throws ConfigurationException where the setting is wrong, or everybody on a network would be
   *     let in without a word in the settings
   */
  Optional<Role> role() {
    if (config.anonymous().isPresent()) {
      return configured(config.anonymous().get());
    }
    if (config.tokensFile().isPresent() || config.kubernetes().enabled()) {
      return Optional.empty();
    }
    if (listener.isLocal()) {
      return Optional.of(Role.ADMIN);
    }
    throw new ConfigurationException(
        ("the manager listens on %s (quarkus.http.host) and could not tell who calls: set"
                + " hydra.identity.kubernetes.enabled=true or hydra.identity.tokens-file; or let"
                + " everybody do everything by %s=admin")
            .formatted(listener.host(), SETTING));
  }

  private static Optional<Role> configured(String written) {
    if (written.equals("none")) {
      return Optional.empty();
    }
    return Optional.of(
        Role.of(written)
            .filter(role -> role != Role.AGENT)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s: '%s' must be none, viewer, publisher, operator or admin"
                            .formatted(SETTING, written))));
  }
}
