package io.hydra.docto.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Who passes requests on.
 *
 * @param authorization value of Proxy-Authorization, a secret
 */
record Proxy(String host, int port, Optional<String> authorization) {
  private static final String SCHEME = "http://";
  private static final int DEFAULT_PORT = 80;

  /**
   * @param text {@code [http://][user:password@]host[:port][/]}; user and password may be
   *     percent-encoded
   * @throws IllegalArgumentException where it is none of that; the message holds no secret
   */
  static Proxy parse(String text) {
    var rest = text.strip();
    if (rest.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      rest = rest.substring(SCHEME.length());
    }
    if (rest.contains("://")) {
      throw new IllegalArgumentException("only proxies that are http:// are supported");
    }
    int at = rest.lastIndexOf('@');
    var place = place(rest.substring(at + 1));
    return new Proxy(
        place.host(),
        place.port().orElse(DEFAULT_PORT),
        at < 0 ? Optional.empty() : Optional.of(basic(rest.substring(0, at))));
  }

  private static HostAndPort place(String text) {
    int slash = text.indexOf('/');
    return HostAndPort.parse(slash < 0 ? text : text.substring(0, slash));
  }

  /** RFC 7617. */
  private static String basic(String encoded) {
    int colon = encoded.indexOf(':');
    var user = decoded(colon < 0 ? encoded : encoded.substring(0, colon));
    var password = colon < 0 ? "" : decoded(encoded.substring(colon + 1));
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** Unlike in forms, a plus sign is one. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException malformed) {
      // Its message quotes what may be a secret.
      throw new IllegalArgumentException(
          "user or password of the proxy has a % that is no percent-encoding; write it %25");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return HostAndPort.bracketed(host) + ":" + port;
  }
}
