package io.hydra.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.jboss.logging.Logger;

/**
 * Who a program is.
 *
 * @param chain its certificate, then those of intermediates
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final Logger LOG = Logger.getLogger(Identity.class);
  private static final String PKCS8 = "-----BEGIN PRIVATE KEY-----";

  public Identity {
    chain = List.copyOf(chain);
  }

  /**
   * @throws TlsRefusal where a file cannot be used, or the two do not belong together
   */
  static Identity read(PemFile certificate, PemFile key) {
    var chain = Pem.certificates(certificate);
    var secret = readKey(certificate, key, chain.getFirst().getPublicKey().getAlgorithm());
    if (!belongTogether(chain.getFirst().getPublicKey(), secret)) {
      throw notOf(certificate, key);
    }
    return new Identity(chain, secret);
  }

  /**
   * As {@link #read}; but what peers would refuse by its dates does not replace what they accept.
   *
   * @param inForce what was read before
   * @throws TlsRefusal also where a valid certificate would be replaced by one that is not
   */
  static Identity read(PemFile certificate, PemFile key, Optional<Identity> inForce) {
    var read = read(certificate, key);
    var now = Instant.now();
    var objection = read.objectionAt(now);
    if (objection.isPresent()) {
      if (inForce.filter(before -> before.objectionAt(now).isEmpty()).isPresent()) {
        throw certificate.refused(objection.get());
      }
      LOG.warnf("%s %s: others will refuse it", certificate, objection.get());
    }
    return read;
  }

  private Optional<String> objectionAt(Instant now) {
    var shown = chain.getFirst();
    var from = shown.getNotBefore().toInstant();
    var until = shown.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      return Optional.of("has expired, it was valid until " + until);
    }
    return now.isBefore(from)
        ? Optional.of("is not valid yet, it begins at " + from)
        : Optional.empty();
  }

  private static PrivateKey readKey(PemFile certificate, PemFile key, String algorithm) {
    var text = key.read();
    if (!text.contains("PRIVATE KEY-----")) {
      throw key.refused("is no PEM file of a private key: it has no '-----BEGIN PRIVATE KEY-----'");
    }
    if (text.contains("ENCRYPTED")) {
      throw key.refused("is encrypted, which is not supported: decrypt it with `openssl pkey`");
    }
    return text.contains(PKCS8)
        ? readPkcs8(text, certificate, key, algorithm)
        : readOtherForm(text, certificate, key);
  }

  /** The usual form, by the JDK itself: through a key store it would be encrypted and decrypted. */
  private static PrivateKey readPkcs8(
      String text, PemFile certificate, PemFile key, String algorithm) {
    int begin = text.indexOf(PKCS8) + PKCS8.length();
    int end = text.indexOf("-----END", begin);
    if (end < 0) {
      throw key.refused("breaks off within the key");
    }
    try {
      var encoded = Base64.getMimeDecoder().decode(text.substring(begin, end));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException otherwise) {
      // Perhaps a sound key, of the other algorithm; this knows to tell.
      return readOtherForm(text, certificate, key);
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw notUnderstood(key, malformed);
    }
  }

  private static PrivateKey readOtherForm(String text, PemFile certificate, PemFile key) {
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
      throw notUnderstood(key, malformed);
    }
  }

  private static TlsRefusal notUnderstood(PemFile key, Exception why) {
    return key.refused("holds no RSA or EC key that can be understood: " + why.getMessage());
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
