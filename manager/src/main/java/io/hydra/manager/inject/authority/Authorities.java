package io.hydra.manager.inject.authority;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The authority that signs and, around a renewal, the one before or after it. Clients trust all of
 * them, so that nobody need learn of a change at the same moment as another.
 *
 * @param all oldest first
 */
public record Authorities(List<Authority> all) {
  /** Of one authority. The next one is made when two thirds of that are over. */
  static final Duration VALIDITY = Duration.ofDays(365);

  /** A new authority is trusted for so long before it signs, unless it is the only one. */
  static final Duration OVERLAP = Duration.ofHours(1);

  private static final String NAME = "hydra injection";

  /** None at all. */
  public static final Authorities NONE = new Authorities(List.of());

  public Authorities {
    all = all.stream().sorted(Comparator.comparing(Authority::from)).toList();
  }

  /**
   * @param certificates in PEM, and {@code keys} in the same order
   * @throws GeneralSecurityException where they cannot be understood, or do not belong together
   */
  static Authorities parse(String certificates, String keys) throws GeneralSecurityException {
    var shown = PemText.certificates(certificates);
    var secret = PemText.keys(keys);
    if (shown.size() != secret.size()) {
      throw new GeneralSecurityException(
          "there are %d certificates and %d keys".formatted(shown.size(), secret.size()));
    }
    var found = new ArrayList<Authority>();
    for (int i = 0; i < shown.size(); i++) {
      refuseStrangers(shown.get(i), secret.get(i));
      found.add(new Authority(shown.get(i), secret.get(i)));
    }
    return new Authorities(found);
  }

  private static void refuseStrangers(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    if (!(certificate.getPublicKey() instanceof ECPublicKey) || !(key instanceof ECPrivateKey)) {
      throw new GeneralSecurityException("a key is not one of an elliptic curve");
    }
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update((byte) 1);
    var verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(certificate.getPublicKey());
    verifier.update((byte) 1);
    if (!verifier.verify(signer.sign())) {
      throw new GeneralSecurityException("a key is not that of its certificate");
    }
  }

  /** Without those that have expired, and with a new one when it is time. */
  Authorities renewed(Instant now) {
    var kept = new ArrayList<>(all.stream().filter(one -> one.until().isAfter(now)).toList());
    if (kept.isEmpty() || isOld(kept.getLast(), now)) {
      kept.add(Authority.create(NAME, now, VALIDITY));
    }
    return new Authorities(kept);
  }

  private static boolean isOld(Authority authority, Instant now) {
    return now.isAfter(authority.until().minus(VALIDITY.dividedBy(3)));
  }

  /** Who signs now: the newest that clients have had the time to learn of. */
  Authority signer(Instant now) {
    var learnt = now.minus(OVERLAP);
    return all.reversed().stream()
        .filter(one -> !one.from().plus(Authority.CLOCK_SKEW).isAfter(learnt))
        .findFirst()
        .orElseGet(all::getFirst);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** What clients are to trust, in PEM. */
  public String certificates() {
    return all.stream().map(one -> PemText.of(one.certificate())).collect(Collectors.joining());
  }

  String keys() {
    return all.stream().map(one -> PemText.of(one.key())).collect(Collectors.joining());
  }
}
