package io.hydra.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509KeyManager;

/**
 * Who a program is.
 *
 * @param chain its certificate, then those of intermediates
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
  Identity {
    chain = List.copyOf(chain);
  }

  /**
   * @throws TlsRefusal where a file cannot be used, or the two do not belong together
   */
  static Identity read(PemFile certificate, PemFile key) {
    var chain = Pem.certificates(certificate);
    var secret = readKey(certificate, key);
    if (!belongTogether(chain.getFirst().getPublicKey(), secret)) {
      throw notOf(certificate, key);
    }
    return new Identity(chain, secret);
  }

  private static PrivateKey readKey(PemFile certificate, PemFile key) {
    var text = key.read();
    if (!text.contains("PRIVATE KEY-----")) {
      throw key.refused("is no PEM file of a private key: it has no '-----BEGIN PRIVATE KEY-----'");
    }
    if (text.contains("ENCRYPTED")) {
      throw key.refused("is encrypted, which is not supported: decrypt it with `openssl pkey`");
    }
    try {
      var pem =
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(certificate.read()))
              .addKeyValue(Buffer.buffer(text));
      var alias = pem.loadKeyStore(null).aliases().nextElement();
      for (var manager : pem.getKeyManagerFactory(null).getKeyManagers()) {
        if (manager instanceof X509KeyManager keys) {
          return keys.getPrivateKey(alias);
        }
      }
      throw key.refused("holds no key");
    } catch (TlsRefusal refused) {
      throw refused;
    } catch (Exception malformed) {
      // Vert.x throws whatever comes, of several kinds.
      if (String.valueOf(malformed.getMessage()).contains("does not match algorithm")) {
        throw notOf(certificate, key);
      }
      throw key.refused("holds no RSA or EC key that can be understood: " + malformed.getMessage());
    }
  }

  private static TlsRefusal notOf(PemFile certificate, PemFile key) {
    return key.refused("is not the key of the certificate in %s".formatted(certificate));
  }

  private static boolean belongTogether(PublicKey open, PrivateKey secret) {
    if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
      return false;
    }
    var algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(secret);
      signer.update((byte) 1);
      var verifier = Signature.getInstance(algorithm);
      verifier.initVerify(open);
      verifier.update((byte) 1);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException unequal) {
      return false;
    }
  }
}
