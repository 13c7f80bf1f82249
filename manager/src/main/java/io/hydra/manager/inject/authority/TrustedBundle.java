package io.hydra.manager.inject.authority;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.logging.Logger;

/** Whom the API server trusts to be the webhook: a field of the webhook's configuration. */
final class TrustedBundle {
  private static final Logger LOG = Logger.getLogger(TrustedBundle.class);
  private static final String FIELD = "caBundle";

  private final ClusterObjects objects;
  private final String path;

  TrustedBundle(ClusterObjects objects, String path) {
    this.objects = objects;
    this.path = path;
  }

  /**
   * Has all webhooks of the configuration trust exactly these.
   *
   * @return whether something had to be changed
   */
  boolean ensure(Authorities authorities) throws IOException, InterruptedException {
    var configuration = objects.get(path);
    var bundle =
        Base64.getEncoder()
            .encodeToString(authorities.certificates().getBytes(StandardCharsets.US_ASCII));
    boolean changed = false;
    for (var webhook : configuration.path("webhooks")) {
      var client = ((ObjectNode) webhook).withObjectProperty("clientConfig");
      if (!client.path(FIELD).asText().equals(bundle)) {
        client.put(FIELD, bundle);
        changed = true;
      }
    }
    if (changed) {
      objects.put(path, configuration);
      LOG.infof("state=trusted configuration=%s had another caBundle", path);
    }
    return changed;
  }
}
