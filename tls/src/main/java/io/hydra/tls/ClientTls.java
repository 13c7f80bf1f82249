package io.hydra.tls;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The settings of one client: those that it was given, by the names that people know.
 *
 * @param ca whom it trusts; the system's authorities if empty
 * @param certificate who it is, with {@code key}
 */
public record ClientTls(
    Optional<PemFile> ca, Optional<PemFile> certificate, Optional<PemFile> key) {
  /** Nothing is given: trusts whom the system trusts. */
  public static final ClientTls NONE =
      new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

  private static final URI AWS = URI.create("https://s3.amazonaws.com");
  private static final Logger LOG = Logger.getLogger(ClientTls.class);

  /**
   * @param prefix of the settings' names, such as {@code hydra.tls}
   */
  public static ClientTls of(String prefix, TlsFiles files) {
    return new ClientTls(
        file(prefix + ".ca-file", files.caFile()),
        file(prefix + ".certificate-file", files.certificateFile()),
        file(prefix + ".key-file", files.keyFile()));
  }

  private static Optional<PemFile> file(String setting, Optional<Path> path) {
    return path.map(given -> new PemFile(setting, given));
  }

  /**
   * What connections to an address need; empty for plain HTTP, for which nothing is read. Settings
   * that an address makes no use of are warned of.
   *
   * @param setting that names the address
   * @throws TlsRefusal where a file cannot be used, or certificate and key are not both there
   */
  public Optional<Tls> to(URI address, String setting) {
    if ("https".equalsIgnoreCase(address.getScheme())) {
      return Optional.of(tls());
    }
    unused(setting + " is " + address).ifPresent(LOG::warn);
    return Optional.empty();
  }

  /**
   * What connections to S3 need; empty for plain HTTP.
   *
   * @param endpoint AWS' own if empty
   * @throws TlsRefusal where a file cannot be used, or certificate and key are not both there
   */
  public Optional<Tls> toS3(Optional<URI> endpoint) {
    return to(endpoint.orElse(AWS), "hydra.s3.endpoint");
  }

  /** What to warn of where an address makes no use of these files. */
  public Optional<String> unused(String why) {
    var given = Stream.of(ca, certificate, key).flatMap(Optional::stream).toList();
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(
            given.stream().map(PemFile::setting).collect(Collectors.joining(", "))
                + (given.size() == 1 ? " is" : " are")
                + " not used: "
                + why
                + ", not https");
  }

  /**
   * For connections that use TLS.
   *
   * @throws TlsRefusal where a file cannot be used, or certificate and key are not both there
   */
  public Tls tls() {
    if (certificate.isPresent() != key.isPresent()) {
      var given = certificate.or(() -> key).orElseThrow();
      throw given.refused(
          "is of no use alone: "
              + (certificate.isPresent() ? "its key is missing" : "its certificate is missing"));
    }
    return Tls.client(ca, certificate, key);
  }

  /**
   * Why TLS failed, in words an operator can act on; empty where something else did.
   *
   * @param failure of a call to the server
   */
  public Optional<String> why(Throwable failure) {
    return Handshakes.why(failure, certificate);
  }
}
