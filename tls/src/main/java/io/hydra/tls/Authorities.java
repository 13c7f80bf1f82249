package io.hydra.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a program trusts. Nothing is read before the first handshake or {@link #check}.
 *
 * @param origin for people: where these authorities stand
 */
record Authorities(String origin, Fresh<X509ExtendedTrustManager> manager) {
  private static final String VARIABLE = "SSL_CERT_FILE";

  /** As Debian, Ubuntu and Alpine; Fedora and RHEL, new and old; openSUSE; others have them. */
  private static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  static Authorities in(PemFile file) {
    return new Authorities(
        file.toString(), new Fresh<>(List.of(file), _ -> trusting(Pem.certificates(file))));
  }

  /** Those of the system that the program runs on, not of the one that it was built on. */
  static Authorities ofSystem() {
    return ofSystem(System::getenv, BUNDLES);
  }

  static Authorities ofSystem(UnaryOperator<@Nullable String> environment, List<Path> bundles) {
    return Optional.ofNullable(environment.apply(VARIABLE))
        .filter(name -> !name.isBlank())
        .map(name -> new PemFile("$" + VARIABLE, Path.of(name)))
        .or(
            () ->
                bundles.stream()
                    .filter(Files::isReadable)
                    .findFirst()
                    .map(path -> new PemFile("the system's certificates", path)))
        .map(
            file ->
                new Authorities(
                    file.toString(),
                    new Fresh<>(List.of(file), _ -> trusting(Pem.understoodCertificates(file)))))
        .orElseGet(
            () ->
                new Authorities(
                    "the program's own list, as this system has none of the usual ones",
                    new Fresh<>(List.of(), _ -> builtIn())));
  }

  /**
   * @throws TlsRefusal where they cannot be read
   */
  void check() {
    var unused = manager.get();
  }

  private static X509ExtendedTrustManager trusting(List<X509Certificate> certificates) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), certificates.get(i));
      }
      return manager(store);
    } catch (GeneralSecurityException | java.io.IOException impossible) {
      throw new IllegalStateException("certificates in memory are always readable", impossible);
    }
  }

  private static X509ExtendedTrustManager builtIn() {
    try {
      return manager(null);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this program has no list of authorities", impossible);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("the JDK has no trust manager for X.509");
  }
}
