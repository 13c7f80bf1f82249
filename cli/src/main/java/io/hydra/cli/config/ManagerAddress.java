package io.hydra.cli.config;

import io.hydra.api.TokenFile;
import io.hydra.cli.CliFailure;
import io.hydra.tls.ClientTls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a manager is asked for.
 *
 * @param uri http or https, with a host
 * @param origin for people: who said so
 * @param tls for https
 * @param token says who calls
 */
public record ManagerAddress(URI uri, String origin, ClientTls tls, Optional<TokenFile> token) {
  public static final ManagerAddress DEFAULT = of("http://127.0.0.1:8080", "the default");

  /**
   * Reads an address; without a scheme it is http.
   *
   * @throws CliFailure unless it is one
   */
  public static ManagerAddress of(String text, String origin) {
    var written = text.contains("://") ? text : "http://" + text;
    try {
      var uri = new URI(written.strip());
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return new ManagerAddress(uri, origin, ClientTls.NONE, Optional.empty());
      }
    } catch (URISyntaxException malformed) {
      throw notAnAddress(text, origin);
    }
    throw notAnAddress(text, origin);
  }

  ManagerAddress with(ClientTls files, Optional<TokenFile> tokenFile) {
    return new ManagerAddress(uri, origin, files, tokenFile);
  }

  private static CliFailure notAnAddress(String text, String origin) {
    return CliFailure.usage(
        "'%s' (%s) is not a manager's address".formatted(text, origin),
        "write it like http://127.0.0.1:8080");
  }

  @Override
  public String toString() {
    return uri + " (" + origin + ")";
  }
}
