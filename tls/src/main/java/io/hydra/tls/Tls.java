package io.hydra.tls;

import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * One side of TLS connections: whom it trusts and who it is. TLS 1.3 and 1.2; host names are always
 * verified. Changed files are taken up at the next handshake.
 */
public final class Tls {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final Optional<Authorities> authorities;
  private final Optional<Supplier<Identity>> identity;

  private Tls(Optional<Authorities> authorities, Optional<Supplier<Identity>> identity) {
    this.authorities = authorities;
    this.identity = identity;
  }

  /**
   * A client. What is named is read at once; the system's authorities, at the first handshake.
   *
   * @param ca instead of the system's authorities
   * @throws TlsRefusal where a file cannot be used, or certificate and key are not both there
   */
  static Tls client(Optional<PemFile> ca, Optional<PemFile> certificate, Optional<PemFile> key) {
    var authorities = ca.map(Authorities::in).orElseGet(Authorities::ofSystem);
    if (ca.isPresent()) {
      authorities.check();
    }
    return new Tls(
        Optional.of(authorities), certificate.map(file -> identity(file, key.orElseThrow())));
  }

  /**
   * A server.
   *
   * @param clientCa who signs clients' certificates; without it no client can show a valid one
   * @throws TlsRefusal where a file cannot be used
   */
  public static Tls server(PemFile certificate, PemFile key, Optional<PemFile> clientCa) {
    var authorities = clientCa.map(Authorities::in);
    authorities.ifPresent(Authorities::check);
    return new Tls(authorities, Optional.of(identity(certificate, key)));
  }

  /**
   * A server that asks for no clients' certificates.
   *
   * @param identity asked at each handshake
   */
  public static Tls server(Supplier<Identity> identity) {
    return new Tls(Optional.empty(), Optional.of(identity));
  }

  private static Supplier<Identity> identity(PemFile certificate, PemFile key) {
    var fresh =
        new Fresh<Identity>(
            List.of(certificate, key), inForce -> Identity.read(certificate, key, inForce));
    var unused = fresh.get();
    return fresh::get;
  }

  /** As JSSE takes it; none where nobody is trusted. */
  public TrustManager[] trustManagers() {
    return authorities.stream().map(JudgingTrustManager::new).toArray(TrustManager[]::new);
  }

  /** As JSSE takes it; none where there is nothing to show. */
  public KeyManager[] keyManagers() {
    return identity.stream().map(ShowingKeyManager::new).toArray(KeyManager[]::new);
  }

  /** As Quarkus' clients and servers take it. */
  public TlsConfiguration forQuarkus() {
    var trust = authorities.map(JudgingTrustManager::new);
    var keys = identity.map(ShowingKeyManager::new);
    return new BaseTlsConfiguration() {
      @Override
      @SuppressWarnings("NullAway") // null is how this interface says none
      public TrustOptions getTrustStoreOptions() {
        return trust.map(TrustOptions::wrap).orElse(null);
      }

      @Override
      @SuppressWarnings("NullAway") // null is how this interface says none
      public KeyCertOptions getKeyStoreOptions() {
        return keys.map(KeyCertOptions::wrap).orElse(null);
      }

      @Override
      public SSLOptions getSSLOptions() {
        return new SSLOptions().setEnabledSecureTransportProtocols(new LinkedHashSet<>(PROTOCOLS));
      }
    };
  }
}
