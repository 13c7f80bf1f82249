package io.hydra.manager.inject;

import io.hydra.manager.apiserver.ApiServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Whether a namespace lets pods mount what lies on their node. Where it does not, the API server
 * would refuse the pod after it was injected, and not say what to do.
 */
@ApplicationScoped
class PodSecurity {
  private static final Logger LOG = Logger.getLogger(PodSecurity.class);
  private static final String ENFORCED = "pod-security.kubernetes.io/enforce";
  private static final Set<String> WITHOUT_HOST_PATH = Set.of("baseline", "restricted");

  /** A thousand pods of a namespace at once need not be a thousand calls. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final int MOST_REMEMBERED = 10_000;

  private final ApiServer server;
  private final Clock clock;
  private final Map<String, Profile> known = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private record Profile(String name, Instant seen) {}

  PodSecurity(ApiServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Nothing where it cannot be known: then the API server decides. */
  Optional<String> objection(String namespace) {
    return profile(namespace)
        .filter(WITHOUT_HOST_PATH::contains)
        .map(
            profile ->
                "namespace '%s' enforces Pod Security '%s', which forbids hostPath, by which pods read what is on their node: label it %s=privileged (and, to keep an eye on all else, pod-security.kubernetes.io/warn=%s)"
                    .formatted(namespace, profile, ENFORCED, profile));
  }

  /**
   * The API server waits for the webhook while the webhook asks it: one call a namespace at a time,
   * and whoever comes meanwhile goes by what was known before.
   */
  private Optional<String> profile(String namespace) {
    var now = clock.instant();
    var remembered = Optional.ofNullable(known.get(namespace));
    boolean fresh = remembered.filter(it -> it.seen().plus(FRESH).isAfter(now)).isPresent();
    if (fresh || !asked.add(namespace)) {
      return remembered.map(Profile::name);
    }
    try {
      return ask(namespace, now);
    } finally {
      asked.remove(namespace);
    }
  }

  private Optional<String> ask(String namespace, Instant now) {
    try {
      var labels = server.get("/api/v1/namespaces/" + namespace).at("/metadata/labels");
      if (known.size() > MOST_REMEMBERED) {
        known.clear();
      }
      known.put(namespace, new Profile(labels.path(ENFORCED).asText(), now));
      return Optional.of(labels.path(ENFORCED).asText());
    } catch (IOException unknown) {
      LOG.warnf("namespace=%s its Pod Security is not known: %s", namespace, server.why(unknown));
      return Optional.empty();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
