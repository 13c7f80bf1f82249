package io.hydra.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates in PEM. What stands between them is comment. */
final class Pem {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private Pem() {}

  /**
   * All certificates of a file that somebody chose.
   *
   * @throws TlsRefusal where there is none, or one cannot be understood
   */
  static List<X509Certificate> certificates(PemFile file) {
    var found = new ArrayList<X509Certificate>();
    for (var block : blocks(file)) {
      try {
        found.add(certificate(block));
      } catch (CertificateException malformed) {
        throw file.refused(
            "holds a certificate (number %d) that cannot be understood: %s"
                .formatted(found.size() + 1, malformed.getMessage()));
      }
    }
    return found;
  }

  /**
   * Those certificates of a system's bundle that Java understands.
   *
   * @throws TlsRefusal where there is none
   */
  static List<X509Certificate> understoodCertificates(PemFile file) {
    var found = blocks(file).stream().flatMap(block -> understood(block).stream()).toList();
    if (found.isEmpty()) {
      throw file.refused("holds no certificate that can be understood");
    }
    return found;
  }

  private static List<String> blocks(PemFile file) {
    var text = file.read();
    var blocks = new ArrayList<String>();
    int end = 0;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, end)) {
      end = text.indexOf(END, begin);
      if (end < 0) {
        throw file.refused("breaks off within a certificate");
      }
      end += END.length();
      blocks.add(text.substring(begin, end));
    }
    if (blocks.isEmpty()) {
      throw file.refused("is no PEM file of certificates: it has no '%s'".formatted(BEGIN));
    }
    return blocks;
  }

  private static Optional<X509Certificate> understood(String block) {
    try {
      return Optional.of(certificate(block));
    } catch (CertificateException oneOfMany) {
      return Optional.empty();
    }
  }

  private static X509Certificate certificate(String block) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
