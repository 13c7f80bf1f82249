package io.hydra.manager.inject.authority;

import io.hydra.tls.Identity;
import java.net.http.HttpClient;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority, and clients that trust nobody else. */
public final class SampleAuthority {
  private final Authority authority = Authority.create("sample", Instant.now(), Duration.ofDays(1));

  public Identity issue(String name) {
    return authority.issue(List.of(name), Instant.now(), Duration.ofDays(1));
  }

  /** In PEM. */
  public String certificate() {
    return PemText.of(authority.certificate());
  }

  public HttpClient client() {
    try {
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority.certificate());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(context).build();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
