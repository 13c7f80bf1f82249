package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://s3.test/bucket, s3.test, 80, s3.test",
    "https://S3.test, s3.test, 443, s3.test",
    "HTTPS://s3.test:443/, s3.test, 443, s3.test",
    "http://s3.test:443, s3.test, 443, s3.test:443",
    "http://s3_server:9000, s3_server, 9000, s3_server:9000",
    "http://user:secret@s3.test:81, s3.test, 81, s3.test:81",
    "http://[2001:DB8::1]:9000, 2001:db8::1, 9000, [2001:db8::1]:9000",
    "http://[::1], ::1, 80, [::1]",
  })
  void givenAnAddressThenItsParts(String address, String host, int port, String authority) {
    var origin = Origin.of(URI.create(address));

    assertThat(origin.host()).isEqualTo(host);
    assertThat(origin.port()).isEqualTo(port);
    assertThat(origin.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "//host", "http:///path", "http://:80", "http://h:99999"})
  void givenNoneThenItIsRefused(String address) {
    assertThatThrownBy(() -> Origin.of(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenTextThatWouldBreakOutOfARequestThenItIsRefused() {
    var origin = new Origin(false, "s3.test", 80);
    assertThatThrownBy(() -> new Request(origin, "/a b", java.util.List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Request(
                    origin, "/", java.util.List.of(new Headers.Field("range", "a\r\nX: y"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
