package io.hydra.manager.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the manager listens. */
@ApplicationScoped
class Listener {
  private final String host;
  private final boolean secure;

  Listener(
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "hydra.tls.certificate-file") Optional<String> certificate) {
    this.host = host;
    this.secure = certificate.isPresent();
  }

  String host() {
    return host;
  }

  /** Whether it speaks HTTPS. */
  boolean isSecure() {
    return secure;
  }

  /** Whether only this machine reaches it. */
  boolean isLocal() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unusable) {
      return false;
    }
  }
}
