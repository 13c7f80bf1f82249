package io.hydra.manager.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final Optional<String> PLAIN = Optional.empty();
  private static final Optional<String> CERTIFICATE = Optional.of("tls.crt");

  private static Addresses listening(
      String host, Optional<String> certificate, Map<String, String> settings) {
    var builder =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(LeadConfig.class);
    settings.forEach((key, value) -> builder.withDefaultValue("hydra.leader." + key, value));
    var config = builder.build().getConfigMapping(LeadConfig.class);
    return new Addresses(config, host, 8080, certificate);
  }

  @Test
  void givenAnAddressThatItListensOn_thenItIsReachedThere() {
    assertThat(listening("10.1.2.3", PLAIN, Map.of()).own()).hasToString("http://10.1.2.3:8080");
  }

  @Test
  void givenItListensOnAllAddresses_thenSomebodyHasToSayWhichOthersReach() {
    var addresses = listening("0.0.0.0", CERTIFICATE, Map.of());

    assertThatThrownBy(addresses::own)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hydra.leader.host");
  }

  @Test
  void givenAPodsAddressOfEitherKind_thenItIsAUrlWithThatHost() {
    var four = listening("0.0.0.0", CERTIFICATE, Map.of("host", "10.1.2.3")).own();
    var six = listening("0.0.0.0", CERTIFICATE, Map.of("host", "fd00:10:244::7")).own();

    assertThat(four).hasToString("https://10.1.2.3:8080").hasHost("10.1.2.3");
    assertThat(six).hasToString("https://[fd00:10:244::7]:8080").hasHost("[fd00:10:244::7]");
  }

  @Test
  void givenAUrl_thenItCountsFirst() {
    var settings = Map.of("host", "10.1.2.3", "url", "https://manager-1.example");

    assertThat(listening("0.0.0.0", CERTIFICATE, settings).own())
        .hasToString("https://manager-1.example");
  }
}
