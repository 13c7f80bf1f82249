package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OriginCheckTest {
  private static final Origin ORIGIN = new Origin(true, "s3.test", 443);

  @Test
  void givenOnlyAllowedAddresses_whenAsked_thenItIsFine() {
    assertThatCode(() -> check("203.0.113.1", "10.0.0.1").require(ORIGIN))
        .doesNotThrowAnyException();
  }

  /** Who connects may take any of them. */
  @Test
  void givenOneThatIsNotAllowed_whenAsked_thenTheOriginIsRefused() {
    assertThatThrownBy(() -> check("203.0.113.1", "169.254.169.254").require(ORIGIN))
        .isInstanceOf(RefusedAddress.class)
        .hasMessageContaining("169.254.169.254");
  }

  private static OriginCheck check(String... addresses) {
    var all = Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    return new OriginCheck(new Proxies(Map.of()), new Addresses(_ -> all, Duration.ofSeconds(20)));
  }
}
