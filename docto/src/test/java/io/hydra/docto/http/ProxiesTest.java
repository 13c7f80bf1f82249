package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  /** A password that is not encoded; of none of it may be told. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hush%hush@proxy:3128",
        "http://user:hu/sh@proxy:port",
        "http://user:hush@:1"
      })
  void givenASecretThatMakesItMalformedThenNothingOfItIsTold(String text) {
    assertThatThrownBy(() -> Proxy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hu", "sh", "user:");
  }

  @Test
  void givenASlashInThePasswordThenTheHostIsBehindTheLastAt() {
    assertThat(Proxy.parse("http://user:pa/ss@proxy:3128/")).hasToString("proxy:3128");
  }

  @Test
  void givenEachSchemeItsProxyThenItIsUsed() {
    var proxies =
        new Proxies(Map.of("http_proxy", "http://one:8080/", "HTTPS_PROXY", "two", "no_proxy", ""));

    assertThat(proxies.to(origin("http://s3.test"))).hasToString("Optional[one:8080]");
    assertThat(proxies.to(origin("https://s3.test"))).hasToString("Optional[two:80]");
  }

  @Test
  void givenLowerCaseThenItComesFirstAlsoWhereItIsEmpty() {
    assertThat(
            new Proxies(Map.of("http_proxy", "lower:1", "HTTP_PROXY", "upper:2"))
                .to(origin("http://s3.test")))
        .hasToString("Optional[lower:1]");
    assertThat(
            new Proxies(Map.of("http_proxy", "", "HTTP_PROXY", "upper:2"))
                .to(origin("http://s3.test")))
        .isEmpty();
  }

  @Test
  void givenCredentialsThenTheyAreDecodedAndNotShown() {
    var proxy = Proxy.parse("http://us%65r:p%40ss+w%3Ard@[::1]:3128");

    assertThat(proxy.host()).isEqualTo("::1");
    // user:p@ss+w:rd
    assertThat(proxy.authorization()).contains("Basic dXNlcjpwQHNzK3c6cmQ=");
    assertThat(proxy).hasToString("[::1]:3128");
  }

  @ParameterizedTest
  @CsvSource({"socks5://proxy:1080", "https://proxy", "http://:80", "proxy:port", "proxy:70000"})
  void givenNoSuchProxyThenTheVariableIsNamedAndNoSecret(String value) {
    var proxies = new Proxies(Map.of("https_proxy", value));

    assertThatThrownBy(() -> proxies.to(origin("https://s3.test")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$https_proxy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                      | http://anything.test      | true",
        "s3.test                | http://s3.test            | true",
        "S3.Test                | http://s3.test            | true",
        "s3.test                | http://bucket.s3.test     | true",
        "s3.test                | http://s3.test.evil       | false",
        "s3.test                | http://bads3.test         | false",
        ".s3.test               | http://s3.test            | false",
        ".s3.test               | http://bucket.s3.test     | true",
        "*.s3.test              | http://bucket.s3.test     | true",
        "*.s3.test              | http://s3.test            | false",
        "s3.test:81             | http://s3.test            | false",
        "s3.test:81             | http://s3.test:81         | true",
        "a.test, s3.test b.test | http://s3.test            | true",
        "a.test,,b.test         | http://s3.test            | false",
        "10.1.2.3               | http://10.1.2.3           | true",
        "10.1.2.3               | http://110.1.2.3          | false",
        "10.1.2.3:9000          | http://10.1.2.3:9000      | true",
        "10.0.0.0/8             | http://10.200.1.1         | true",
        "10.0.0.0/8             | http://11.0.0.1           | false",
        "10.128.0.0/9           | http://10.127.0.1         | false",
        "0.0.0.0/0              | http://11.0.0.1           | true",
        "0.0.0.0/0              | http://name.test          | false",
        "10.0.0.0/99            | http://10.0.0.1           | false",
        "fd00::/8               | http://[fd12::1]:9000     | true",
        "[fd12::1]              | http://[fd12::1]:9000     | true",
        "fd12::1                | http://[fd12::1]:9000     | true",
        "other.test             | http://localhost:9000     | true",
        "other.test             | http://127.9.9.9          | true",
        "other.test             | http://[::1]              | true",
        "other.test             | http://localhost.evil     | false",
      })
  void givenNoProxyThenWhoItNamesIsReachedDirectly(String noProxy, String to, boolean direct) {
    var proxies = new Proxies(Map.of("http_proxy", "proxy:3128", "NO_PROXY", noProxy));

    assertThat(proxies.to(origin(to)).isEmpty()).isEqualTo(direct);
  }

  private static Origin origin(String address) {
    return Origin.of(URI.create(address));
  }
}
