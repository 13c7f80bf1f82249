package io.hydra.docto.http;

import java.net.URI;
import java.util.Locale;

/**
 * Who is spoken to (RFC 6454).
 *
 * @param secure whether over TLS
 * @param host a name or an address, of IPv6 without brackets; lower-case
 * @param port of TCP
 */
public record Origin(boolean secure, String host, int port) {
  private static final int PLAIN_PORT = 80;
  private static final int SECURE_PORT = 443;

  /**
   * @param address {@code http://…} or {@code https://…}; what stands behind its port does not
   *     matter. Host names may have underscores, which {@link URI#getHost} does not know
   * @throws IllegalArgumentException where it is no such address
   */
  public static Origin of(URI address) {
    var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !scheme.equals("http")) {
      throw new IllegalArgumentException("'%s' is neither http nor https".formatted(address));
    }
    var authority = address.getRawAuthority();
    if (authority == null) {
      throw new IllegalArgumentException("'%s' names no host".formatted(address));
    }
    var place = HostAndPort.parse(authority.substring(authority.lastIndexOf('@') + 1));
    return new Origin(secure, place.host(), place.port().orElse(defaultPort(secure)));
  }

  private static int defaultPort(boolean secure) {
    return secure ? SECURE_PORT : PLAIN_PORT;
  }

  /** As the field Host has it: a default port is left out (RFC 9110, section 7.2). */
  public String authority() {
    return port == defaultPort(secure) ? HostAndPort.bracketed(host) : hostAndPort();
  }

  /** With the port in any case. */
  String hostAndPort() {
    return HostAndPort.bracketed(host) + ":" + port;
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
