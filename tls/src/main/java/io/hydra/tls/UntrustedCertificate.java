package io.hydra.tls;

import java.security.cert.CertificateException;

/** A certificate that was refused; the message says why in words for operators. */
final class UntrustedCertificate extends CertificateException {
  UntrustedCertificate(String message, Throwable cause) {
    super(message, cause);
  }
}
