package io.hydra.docto.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/**
 * A GET.
 *
 * @param target path and query, encoded already; it begins with a slash
 * @param fields without Host, Connection and those of a proxy
 */
public record Request(Origin origin, String target, List<Headers.Field> fields) {
  /**
   * @throws IllegalArgumentException where some text would break out of its place
   */
  public Request {
    fields = List.copyOf(fields);
    if (!target.startsWith("/") || !isWithin(target, ' ' + 1)) {
      throw new IllegalArgumentException("no target of a request: " + HeadReader.shown(target));
    }
    for (var field : fields) {
      if (!isWithin(field.value(), ' ')) {
        // Which may be a secret.
        throw new IllegalArgumentException(
            "the value of %s has characters that a header cannot have".formatted(field.name()));
      }
    }
  }

  /** Of ASCII that can be seen, from some character on. */
  private static boolean isWithin(String text, int least) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < least || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Without the fields, some of which are secrets. */
  @Override
  public String toString() {
    return "GET " + origin + target;
  }

  /** As it goes over the connection. */
  byte[] bytes(Route route) {
    var text = new StringBuilder(512).append("GET ");
    route.forwarding().ifPresent(_ -> text.append("http://").append(origin.authority()));
    text.append(target).append(" HTTP/1.1\r\nHost: ").append(origin.authority()).append("\r\n");
    route
        .forwarding()
        .flatMap(Proxy::authorization)
        .ifPresent(value -> text.append("Proxy-Authorization: ").append(value).append("\r\n"));
    for (var field : fields) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }
}
