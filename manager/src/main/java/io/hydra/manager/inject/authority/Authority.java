package io.hydra.manager.inject.authority;

import io.hydra.tls.Identity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Signs servers' certificates; its own is signed by itself. Keys are those of the curve P-256.
 *
 * @param certificate to be trusted by clients
 */
public record Authority(X509Certificate certificate, PrivateKey key) {
  /** Clocks of different machines may differ by so much. */
  static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /** A new one, valid from now on. */
  static Authority create(String name, Instant now, Duration validity) {
    try {
      var pair = pair();
      // Told apart by name, too: a verifier then need not try each key.
      var unique =
          new X500Principal("CN=%s %s".formatted(name, now.truncatedTo(ChronoUnit.SECONDS)));
      var form =
          new CertificateForm(
              unique,
              unique,
              pair.getPublic(),
              now.minus(CLOCK_SKEW),
              now.plus(validity),
              CertificateForm.ofAuthority(pair.getPublic()));
      return new Authority(form.sign(pair.getPrivate()), pair.getPrivate());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has these algorithms", impossible);
    }
  }

  /**
   * A certificate with a key of its own.
   *
   * @param names of the hosts that it is for, or literal addresses
   */
  Identity issue(List<String> names, Instant now, Duration validity) {
    try {
      var pair = pair();
      var form =
          new CertificateForm(
              certificate.getSubjectX500Principal(),
              new X500Principal("CN=hydra-manager"),
              pair.getPublic(),
              now.minus(CLOCK_SKEW),
              now.plus(validity),
              CertificateForm.ofServer(names, certificate.getPublicKey()));
      return new Identity(List.of(form.sign(key)), pair.getPrivate());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has these algorithms", impossible);
    }
  }

  Instant from() {
    return certificate.getNotBefore().toInstant();
  }

  Instant until() {
    return certificate.getNotAfter().toInstant();
  }

  private static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
