package io.hydra.docto.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host and perhaps a port, as they stand in addresses.
 *
 * @param host lower-case, an address of IPv6 without brackets
 */
record HostAndPort(String host, OptionalInt port) {
  private static final int MOST = 65_535;

  /**
   * @param text {@code host}, {@code host:80}, {@code [::1]} or {@code [::1]:80}
   * @throws IllegalArgumentException where it is none of these
   */
  static HostAndPort parse(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    int bracket = lower.indexOf(']');
    if (lower.startsWith("[") && bracket > 1) {
      return new HostAndPort(lower.substring(1, bracket), port(lower, bracket + 1));
    }
    int colon = lower.indexOf(':');
    if (colon < 0 && !lower.isEmpty()) {
      return new HostAndPort(lower, OptionalInt.empty());
    }
    if (colon < 1) {
      throw new IllegalArgumentException("'%s' names no host".formatted(text));
    }
    return new HostAndPort(lower.substring(0, colon), port(lower, colon));
  }

  /** As it stands before a port. */
  static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** An address that is written as such; nothing is asked of DNS. */
  static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  private static OptionalInt port(String text, int colon) {
    if (colon >= text.length() - 1) {
      return OptionalInt.empty();
    }
    var digits = text.substring(colon + 1);
    if (text.charAt(colon) != ':' || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("'%s' is no host with a port".formatted(text));
    }
    int port = digits.length() > 5 ? MOST + 1 : Integer.parseInt(digits);
    if (port < 1 || port > MOST) {
      throw new IllegalArgumentException("'%s' has no valid port".formatted(text));
    }
    return OptionalInt.of(port);
  }
}
