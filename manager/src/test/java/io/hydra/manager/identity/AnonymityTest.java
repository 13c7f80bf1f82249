package io.hydra.manager.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manager does that was told little. */
class AnonymityTest {
  private record Config(Optional<String> anonymous, Optional<Path> tokensFile)
      implements IdentityConfig {
    @Override
    public Kubernetes kubernetes() {
      return new Off();
    }
  }

  /** The defaults. */
  private static final class Off implements IdentityConfig.Kubernetes {
    @Override
    public boolean enabled() {
      return false;
    }

    @Override
    public String audience() {
      return "hydra";
    }

    @Override
    public String doctoAccount() {
      return "hydra-nodes/hydra-docto";
    }

    @Override
    public Optional<Path> rolesFile() {
      return Optional.empty();
    }

    @Override
    public Duration cache() {
      return Duration.ofMinutes(1);
    }

    @Override
    public Duration cacheWithoutApiServer() {
      return Duration.ofMinutes(10);
    }
  }

  private static Optional<Role> role(String host, Config config) {
    return new Anonymity(config, new Listener(host, Optional.empty())).role();
  }

  private static Config nothing() {
    return new Config(Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.9"})
  void givenNothingOnLoopback_thenEverybodyMayDoEverything(String host) {
    assertThat(role(host, nothing())).contains(Role.ADMIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.240.0.1", "::"})
  void givenNothingElsewhere_thenTheStartEndsAndNamesTheSettings(String host) {
    assertThatThrownBy(() -> role(host, nothing()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            host,
            "hydra.identity.kubernetes.enabled",
            "hydra.identity.tokens-file",
            "hydra.identity.anonymous=admin");
  }

  @ParameterizedTest
  @CsvSource({"admin, ADMIN", "viewer, VIEWER", "none,"})
  void givenAWord_thenItHoldsEverywhere(String word, Role role) {
    assertThat(role("0.0.0.0", new Config(Optional.of(word), Optional.empty())))
        .isEqualTo(Optional.ofNullable(role));
  }

  @Test
  void givenTokens_thenCallsWithoutOneAreRefused() {
    assertThat(role("127.0.0.1", new Config(Optional.empty(), Optional.of(Path.of("tokens")))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "root", ""})
  void givenAWordThatIsNone_thenTheStartEndsAndNamesTheSetting(String word) {
    assertThatThrownBy(() -> role("127.0.0.1", new Config(Optional.of(word), Optional.empty())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hydra.identity.anonymous");
  }
}
