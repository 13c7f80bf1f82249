package io.hydra.manager.inject.authority;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys and certificates in the textual encoding of RFC 7468. */
final class PemText {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final int LINE = 64;

  private PemText() {}

  static String of(X509Certificate certificate) {
    try {
      return encode(CERTIFICATE, certificate.getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("it was read from its encoding", impossible);
    }
  }

  static String of(PrivateKey key) {
    return encode(KEY, key.getEncoded());
  }

  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    var found = new ArrayList<X509Certificate>();
    for (var block : blocks(CERTIFICATE, text)) {
      found.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(block)));
    }
    return found;
  }

  static List<PrivateKey> keys(String text) throws GeneralSecurityException {
    var found = new ArrayList<PrivateKey>();
    for (var block : blocks(KEY, text)) {
      found.add(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(block)));
    }
    return found;
  }

  private static String encode(String label, byte[] content) {
    var encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return begin(label) + "\n" + encoder.encodeToString(content) + "\n" + end(label) + "\n";
  }

  private static List<byte[]> blocks(String label, String text) throws GeneralSecurityException {
    var found = new ArrayList<byte[]>();
    int end = 0;
    for (int at = text.indexOf(begin(label)); at >= 0; at = text.indexOf(begin(label), end)) {
      end = text.indexOf(end(label), at);
      if (end < 0) {
        throw new GeneralSecurityException("it breaks off");
      }
      found.add(decode(text.substring(at + begin(label).length(), end)));
    }
    return found;
  }

  private static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new GeneralSecurityException("it is no base64", malformed);
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
