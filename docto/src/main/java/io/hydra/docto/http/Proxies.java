package io.hydra.docto.http;

import java.util.Map;
import java.util.Optional;

/**
 * Which proxy is on the way, by {@code http_proxy}, {@code https_proxy} and {@code no_proxy} of the
 * environment, in lower or upper case; lower case comes first, and an empty one says none. A host
 * that is this machine ({@code localhost}, 127.0.0.0/8, ::1) is always reached directly.
 */
public final class Proxies {
  private final Map<String, String> environment;
  private final NoProxy direct;

  /**
   * @param environment as of {@link System#getenv()}
   */
  public Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.direct = NoProxy.parse(value("no_proxy", "NO_PROXY").orElse(""));
  }

  /**
   * @throws IllegalArgumentException where the variable makes no sense; the message names it
   */
  Optional<Proxy> to(Origin origin) {
    var name = origin.secure() ? "https_proxy" : "http_proxy";
    var given = value(name, origin.secure() ? "HTTPS_PROXY" : "HTTP_PROXY");
    if (given.isEmpty() || direct.has(origin)) {
      return Optional.empty();
    }
    try {
      return given.map(Proxy::parse);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "$%s is no address of a proxy: %s".formatted(name, malformed.getMessage()), malformed);
    }
  }

  private Optional<String> value(String lower, String upper) {
    return Optional.ofNullable(environment.get(lower))
        .or(() -> Optional.ofNullable(environment.get(upper)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
