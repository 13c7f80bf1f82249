package io.hydra.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Judges with the authorities as they are now, and says in words why it refuses. */
final class JudgingTrustManager extends X509ExtendedTrustManager {
  private static final Logger LOG = Logger.getLogger(JudgingTrustManager.class);

  private interface Verdict {
    void pass(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private final Authorities authorities;

  JudgingTrustManager(Authorities authorities) {
    this.authorities = authorities;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    var host = socket instanceof SSLSocket tls ? handshakeHost(tls) : null;
    judgeServer(
        chain, authType, host, manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judgeServer(
        chain,
        authType,
        engine.getPeerHost(),
        manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judgeServer(chain, authType, null, manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judgeClient(chain, manager -> manager.checkClientTrusted(chain, authType, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judgeClient(chain, manager -> manager.checkClientTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judgeClient(chain, manager -> manager.checkClientTrusted(chain, authType));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.manager().get().getAcceptedIssuers();
  }

  private void judgeServer(
      X509Certificate[] chain, String authType, @Nullable String host, Verdict verdict)
      throws CertificateException {
    try {
      verdict.pass(manager());
    } catch (UntrustedCertificate explained) {
      throw explained;
    } catch (CertificateException refused) {
      var why =
          isTrustedElsewhere(chain, authType)
              ? "%s is for %s, not for '%s'"
                  .formatted(who("server", chain), names(chain[0]), host == null ? "?" : host)
              : whyUntrusted("server", chain, refused);
      throw new UntrustedCertificate(why, refused);
    }
  }

  private void judgeClient(X509Certificate[] chain, Verdict verdict) throws CertificateException {
    try {
      verdict.pass(manager());
    } catch (CertificateException refused) {
      var why =
          refused instanceof UntrustedCertificate
              ? String.valueOf(refused.getMessage())
              : whyUntrusted("client", chain, refused);
      LOG.warnf("state=client-refused %s", why);
      throw new UntrustedCertificate(why, refused);
    }
  }

  private X509ExtendedTrustManager manager() throws UntrustedCertificate {
    try {
      return authorities.manager().get();
    } catch (TlsRefusal unreadable) {
      throw new UntrustedCertificate(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }

  /** The same chain passes where the host's name is not compared. */
  private boolean isTrustedElsewhere(X509Certificate[] chain, String authType) {
    try {
      authorities.manager().get().checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException untrusted) {
      return false;
    }
  }

  private String whyUntrusted(String whose, X509Certificate[] chain, CertificateException refused) {
    var now = Instant.now();
    for (var certificate : chain) {
      var from = certificate.getNotBefore().toInstant();
      var until = certificate.getNotAfter().toInstant();
      if (now.isAfter(until)) {
        return "%s has expired: '%s' was valid until %s"
            .formatted(who(whose, chain), subject(certificate), until);
      }
      if (now.isBefore(from)) {
        return "%s is not valid yet: '%s' begins at %s; check the clocks"
            .formatted(who(whose, chain), subject(certificate), from);
      }
    }
    if (!leadsNowhere(refused)) {
      return "%s is refused: %s".formatted(who(whose, chain), refused.getMessage());
    }
    return "%s is signed by no authority in %s; its issuer is '%s'"
        .formatted(
            who(whose, chain),
            authorities.origin(),
            chain[chain.length - 1].getIssuerX500Principal().getName());
  }

  private static boolean leadsNowhere(CertificateException refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException) {
        return true;
      }
    }
    return false;
  }

  private static String who(String whose, X509Certificate[] chain) {
    return "the %s's certificate '%s'".formatted(whose, subject(chain[0]));
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static String names(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? "no host at all (it has no subject alternative names)"
        : names.stream()
            .map(List::getLast)
            .map(Objects::toString)
            .collect(Collectors.joining("', '", "'", "'"));
  }

  private static @Nullable String handshakeHost(SSLSocket socket) {
    var session = socket.getHandshakeSession();
    return session == null ? null : session.getPeerHost();
  }
}
