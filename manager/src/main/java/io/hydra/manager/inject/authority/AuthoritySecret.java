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

  /** Those to use now; they are in the Secret when this returns. */
  Authorities renewed(Instant now) throws IOException, InterruptedException {
    var secret = (ObjectNode) objects.get(path);
    var kept = read(secret);
    var renewed = (kept.isEmpty() ? known : kept).renewed(now);
    if (!renewed.equals(kept)) {
      var data = secret.withObjectProperty("data");
      data.put(CERTIFICATES, encoded(renewed.certificates()));
      data.put(KEYS, encoded(renewed.keys()));
      objects.put(path, secret);
      LOG.infof("state=renewed secret=%s authorities=%d", path, renewed.all().size());
    }
    known = renewed;
    return renewed;
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
