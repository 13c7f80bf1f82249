package io.hydra.docto.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * At which addresses no source may be: what answers there answers this machine only, and may give
 * it credentials. Loopback and private addresses are allowed: object stores of one's own are there.
 */
final class AddressRules {
  /**
   * Of metadata services, and of what else a cloud tells its machines, outside of link-local. As
   * text: a native executable is built without addresses in its heap.
   */
  private static final List<String> METADATA =
      List.of(
          "100.100.100.200", // Alibaba
          "168.63.129.16", // Azure
          "192.0.0.192", // Oracle, its first generation
          "fd00:ec2::254", // Amazon
          "fd00:ec2::23", // Amazon, credentials of pods
          "fd20:ce::254", // Google
          "fd00:c1::a9fe:a9fe", // Oracle
          "fd00:42::42"); // Scaleway

  /** Prefixes of 96 bits before an address of IPv4: RFC 6052, section 2.1; RFC 4291, 2.5.5.1. */
  private static final List<byte[]> BEFORE_IPV4 =
      List.of(new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}, new byte[12]);

  private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};

  private AddressRules() {}

  static boolean allows(InetAddress address) {
    return objection(address).isEmpty();
  }

  static RefusedAddress refusal(String host, InetAddress address) {
    return new RefusedAddress(
        "'%s' (%s) is %s, from which nothing is fetched"
            .formatted(host, address.getHostAddress(), objection(address).orElse("allowed")));
  }

  /**
   * Whoever resolves the host in our place, such as a proxy, may take it for an address in several
   * ways.
   *
   * @throws RefusedAddress where one of these is not allowed; never for a name
   */
  static void requireAllowedLiteral(String host) throws RefusedAddress {
    var bare = host.replaceFirst("%.*|\\.$", "").toLowerCase(Locale.ROOT);
    var refused =
        Stream.<Function<String, InetAddress>>of(
                InetAddress::ofLiteral, Inet4Address::ofPosixLiteral)
            .flatMap(reading -> read(bare, reading).stream())
            .filter(address -> !allows(address))
            .findFirst();
    if (refused.isPresent()) {
      throw refusal(host, refused.get());
    }
  }

  private static Optional<InetAddress> read(String host, Function<String, InetAddress> reading) {
    try {
      return Optional.of(reading.apply(host));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  private static Optional<String> objection(InetAddress address) {
    if (METADATA.stream().map(InetAddress::ofLiteral).anyMatch(address::equals)) {
      return Optional.of("an address of a cloud's metadata service");
    }
    if (address.isLinkLocalAddress()) {
      return Optional.of("a link-local address");
    }
    if (address.isMulticastAddress()) {
      return Optional.of("a multicast address");
    }
    if (address.isAnyLocalAddress()) {
      return Optional.of("the unspecified address");
    }
    return address instanceof Inet6Address v6
        ? translated(v6).flatMap(AddressRules::objection)
        : Optional.empty();
  }

  /** What a router may make of it; Java has made one of IPv4 of those that are mapped. */
  private static Optional<InetAddress> translated(Inet6Address address) {
    var bytes = address.getAddress();
    // NAT64 for local use: RFC 8215.
    if (Arrays.equals(LOCAL_NAT64, Arrays.copyOf(bytes, LOCAL_NAT64.length))) {
      return Optional.of(v4(Arrays.copyOfRange(bytes, 12, 16)));
    }
    if (BEFORE_IPV4.stream().anyMatch(prefix -> Arrays.equals(prefix, Arrays.copyOf(bytes, 12)))) {
      return Optional.of(v4(Arrays.copyOfRange(bytes, 12, 16)));
    }
    // 6to4: RFC 3056, section 2.
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    return sixToFour ? Optional.of(v4(Arrays.copyOfRange(bytes, 2, 6))) : Optional.empty();
  }

  private static InetAddress v4(byte[] four) {
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
