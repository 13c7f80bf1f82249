package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Origin ORIGIN = new Origin(false, "s3.test", 9000);
  private static final Route DIRECT = new Route(ORIGIN, Optional.empty());

  private final List<String> connected = new ArrayList<>();

  @Test
  void givenANameOfAMetadataAddressThenNobodyIsConnectedTo() {
    assertThatThrownBy(() -> connect(DIRECT, Map.of("s3.test", "169.254.169.254")))
        .isInstanceOf(RefusedAddress.class)
        .hasMessage(
            "'s3.test' (169.254.169.254) is a link-local address, from which nothing is fetched");
    assertThat(connected).isEmpty();
  }

  @Test
  void givenOtherAddressesToThenTheseAreTakenAndTheRefusedDoNotCount() throws IOException {
    connect(
        DIRECT,
        Map.of("s3.test", "fe80::1 169.254.1.1 169.254.1.2 169.254.1.3 169.254.1.4 10.0.0.1"));

    assertThat(connected).containsExactly("10.0.0.1:9000");
  }

  @Test
  void givenAProxyAtARefusedAddressThenItIsNotConnectedTo() {
    var route = new Route(ORIGIN, Optional.of(Proxy.parse("proxy.test:3128")));

    assertThatThrownBy(() -> connect(route, Map.of("proxy.test", "fd00:ec2::254")))
        .isInstanceOf(RefusedAddress.class)
        .hasMessageContaining("'proxy.test' (fd00:ec2:0:0:0:0:0:254) is an address of a cloud's");
    assertThat(connected).isEmpty();
  }

  /** The proxy would go there for us. */
  @Test
  void givenARefusedAddressBehindAProxyThenTheProxyIsNotAsked() {
    var route =
        new Route(
            new Origin(false, "169.254.169.254", 80), Optional.of(Proxy.parse("proxy.test:3128")));

    assertThatThrownBy(() -> connect(route, Map.of("proxy.test", "10.0.0.1")))
        .isInstanceOf(RefusedAddress.class)
        .hasMessageStartingWith("'169.254.169.254'");
    assertThat(connected).isEmpty();
  }

  @Test
  void givenANameBehindAProxyThenItIsTheProxysToResolve() throws IOException {
    connect(
        new Route(ORIGIN, Optional.of(Proxy.parse("proxy.test:3128"))),
        Map.of("proxy.test", "10.0.0.1"));

    assertThat(connected).containsExactly("10.0.0.1:3128");
  }

  private void connect(Route route, Map<String, String> names) throws IOException {
    new Addresses(host -> addresses(names, host), LIMIT)
        .connect(
            route,
            (address, _) ->
                connected.add(address.getAddress().getHostAddress() + ":" + address.getPort()));
  }

  private static InetAddress[] addresses(Map<String, String> names, String host)
      throws UnknownHostException {
    var known = names.get(host);
    if (known == null) {
      throw new UnknownHostException(host);
    }
    return Stream.of(known.split(" ")).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }
}
