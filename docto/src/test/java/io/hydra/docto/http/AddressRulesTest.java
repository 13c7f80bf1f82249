package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "169.254.0.0",
        "169.254.255.255",
        "fe80::1",
        "febf::1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "100.100.100.200",
        "::ffff:100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:c1::a9fe:a9fe",
        "fd00:42::42",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "239.255.255.255",
        "ff02::1"
      })
  void givenAnAddressAtWhichNoSourceMayBeThenItIsNotAllowed(String address) {
    assertThat(AddressRules.allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.201",
        "169.253.255.255",
        "169.255.0.0",
        "223.255.255.255",
        "fd00::1",
        "fd00:ec2::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:a00:1::1",
        "2600::1",
        "52.218.0.1"
      })
  void givenAnyOtherAddressThenItIsAllowed(String address) {
    assertThat(AddressRules.allows(InetAddress.ofLiteral(address))).isTrue();
  }

  /** As programs in C read addresses, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.169.254.",
        "169.254.43518",
        "2852039166",
        "0xa9fea9fe",
        "0XA9.254.0251.254",
        "0251.0376.0251.0376",
        "0",
        "fe80::1",
        "fe80::1%nosuch0",
        "::ffff:a9fe:a9fe"
      })
  void givenALiteralInWhateverWayItIsWrittenThenItIsRefused(String host) {
    assertThatThrownBy(() -> AddressRules.requireAllowedLiteral(host))
        .isInstanceOf(RefusedAddress.class)
        .hasMessageContaining("'" + host + "' (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3.test", "169.254.169.254.test", "10.0.0.1", "::1", "fd00::1", ""})
  void givenANameOrAnAllowedLiteralThenNothingIsSaid(String host) {
    assertThatCode(() -> AddressRules.requireAllowedLiteral(host)).doesNotThrowAnyException();
  }
}
