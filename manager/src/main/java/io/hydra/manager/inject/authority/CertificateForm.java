package io.hydra.manager.inject.authority;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate of X.509 version 3 (RFC 5280) before it is signed.
 *
 * @param issuer who signs it
 * @param subject whose key it is
 * @param extensions encoded
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares forms
record CertificateForm(
    X500Principal issuer,
    X500Principal subject,
    PublicKey key,
    Instant from,
    Instant until,
    List<byte[]> extensions) {
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_USAGE = "2.5.29.37";
  private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
  private static final int DIGITAL_SIGNATURE = 0b1000_0000;
  private static final int SIGN_CERTIFICATES = 0b0000_0100;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int SERIAL_BITS = 127;
  private static final BigInteger VERSION_3 = BigInteger.TWO;

  /**
   * What makes it that of an authority, for servers' certificates and not for other authorities'.
   */
  static List<byte[]> ofAuthority(PublicKey key) throws GeneralSecurityException {
    return List.of(
        critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
        critical(KEY_USAGE, Der.namedBits(SIGN_CERTIFICATES)),
        extension(SUBJECT_KEY, Der.octets(keyId(key))));
  }

  /**
   * What makes it that of a server.
   *
   * @param names of hosts, or literal addresses
   */
  static List<byte[]> ofServer(List<String> names, PublicKey authority)
      throws GeneralSecurityException {
    var encoded = names.stream().map(CertificateForm::name).toArray(byte[][]::new);
    return List.of(
        critical(BASIC_CONSTRAINTS, Der.sequence()),
        critical(KEY_USAGE, Der.namedBits(DIGITAL_SIGNATURE)),
        extension(EXTENDED_USAGE, Der.sequence(Der.identifier(FOR_SERVERS))),
        extension(ALTERNATIVE_NAMES, Der.sequence(encoded)),
        extension(AUTHORITY_KEY, Der.sequence(Der.tagged(0, false, keyId(authority)))));
  }

  X509Certificate sign(PrivateKey secret) throws GeneralSecurityException {
    var content = content(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(secret);
    signature.update(content);
    var encoded = Der.sequence(content, algorithm(), Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private byte[] content(BigInteger serial) {
    return Der.sequence(
        Der.tagged(0, true, Der.integer(VERSION_3)),
        Der.integer(serial),
        algorithm(),
        issuer.getEncoded(),
        Der.sequence(Der.time(from), Der.time(until)),
        subject.getEncoded(),
        key.getEncoded(),
        Der.tagged(3, true, Der.sequence(extensions.toArray(byte[][]::new))));
  }

  private static byte[] algorithm() {
    return Der.sequence(Der.identifier(ECDSA_WITH_SHA256));
  }

  private static byte[] extension(String id, byte[] value) {
    return Der.sequence(Der.identifier(id), Der.octets(value));
  }

  private static byte[] critical(String id, byte[] value) {
    return Der.sequence(Der.identifier(id), Der.yes(), Der.octets(value));
  }

  /** Any name that tells keys apart would do. */
  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  private static byte[] name(String host) {
    try {
      return Der.tagged(IP_ADDRESS, false, InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException noAddress) {
      return Der.tagged(DNS_NAME, false, host.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
