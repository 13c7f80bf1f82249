package io.hydra.manager.inject.authority;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import org.jboss.logging.Logger;

/** The Secret that keeps the authorities, for all managers and their restarts. */
final class AuthoritySecret {
  private static final Logger LOG = Logger.getLogger(AuthoritySecret.class);
  private static final String CERTIFICATES = "ca.crt";
  private static final String KEYS = "ca.key";

  /** An annotation by which somebody asks for a new authority; it goes when that is there. */
  private static final String RENEW = "hydra/renew-authority";

  private final ClusterObjects objects;
  private final String path;

  /** What was read or written last: it outlives a Secret that somebody empties. */
  private Authorities known = Authorities.NONE;

  private Read lastRead = new Read("", "", Authorities.NONE);

  /** The same text need not be understood again each minute. */
  private record Read(String certificates, String keys, Authorities authorities) {
    boolean isOf(String otherCertificates, String otherKeys) {
      return certificates.equals(otherCertificates) && keys.equals(otherKeys);
    }
  }

  AuthoritySecret(ClusterObjects objects, String path) {
    this.objects = objects;
    this.path = path;
  }

  /**
   * Those to use now; they are in the Secret when this returns. Who asks for a new one does not
   * want the others any more.
   */
  Authorities renewed(Instant now) throws IOException, InterruptedException {
    var secret = (ObjectNode) objects.get(path);
    boolean asked = isAsked(secret);
    var kept = asked ? Authorities.NONE : read(secret);
    var base = kept.isEmpty() && !asked ? known : kept;
    var renewed = base.renewed(now);
    if (!renewed.equals(kept)) {
      write(secret, renewed);
      LOG.infof(
          "state=renewed secret=%s authorities=%d asked=%s", path, renewed.all().size(), asked);
    }
    known = renewed;
    return renewed;
  }

  private static boolean isAsked(JsonNode secret) {
    return secret.path("metadata").path("annotations").path(RENEW).asText().equals("true");
  }

  /** Refused where somebody else was faster, so that only one of several managers makes one. */
  private void write(ObjectNode secret, Authorities authorities)
      throws IOException, InterruptedException {
    var data = secret.withObjectProperty("data");
    data.put(CERTIFICATES, encoded(authorities.certificates()));
    data.put(KEYS, encoded(authorities.keys()));
    if (secret.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(RENEW);
    }
    objects.put(path, secret);
  }

  private Authorities read(JsonNode secret) {
    try {
      var certificates = decoded(secret.path("data").path(CERTIFICATES));
      var keys = decoded(secret.path("data").path(KEYS));
      if (!lastRead.isOf(certificates, keys)) {
        lastRead = new Read(certificates, keys, Authorities.parse(certificates, keys));
      }
      return lastRead.authorities();
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      LOG.warnf("secret=%s is written anew detail=%s", path, damaged.getMessage());
      return Authorities.NONE;
    }
  }

  private static String decoded(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
