package io.hydra.manager.identity;

import java.util.Optional;
import java.util.Set;

/**
 * What a Kubernetes says of a token's owner.
 *
 * @param pod that the token is bound to
 */
record Attested(String name, Set<String> groups, Optional<BoundPod> pod) {
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  /**
   * @param node empty where Kubernetes is older than 1.30 or the pod is bound to none
   */
  record BoundPod(String name, String uid, Optional<String> node) {}

  /** {@code NAMESPACE/NAME}; empty where it is no service account. */
  Optional<String> account() {
    return name.startsWith(SERVICE_ACCOUNT)
        ? Optional.of(name.substring(SERVICE_ACCOUNT.length()).replaceFirst(":", "/"))
        : Optional.empty();
  }
}
