package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.discovery.KnownPods;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.model.InstanceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.Set;

/** The pods of the ledger; none where no Kubernetes is followed. */
@ApplicationScoped
class FollowedPods implements KnownPods {
  private final KubernetesConfig config;
  private final Instance<PodLedger> ledger;
  private final Whereabouts whereabouts;

  FollowedPods(KubernetesConfig config, Instance<PodLedger> ledger, Whereabouts whereabouts) {
    this.config = config;
    this.ledger = ledger;
    this.whereabouts = whereabouts;
  }

  @Override
  public boolean isComplete() {
    return whereabouts.isComplete();
  }

  @Override
  public boolean seesAllOf(String namespace) {
    var followed = config.namespaces().orElse(Set.of());
    return config.discovery()
        && config.podSelector().isEmpty()
        && (followed.isEmpty() || followed.contains(namespace));
  }

  @Override
  public Optional<KnownPod> find(String namespace, String name) {
    return config.discovery()
        ? ledger.get().find(new Name(Optional.of(namespace), name))
        : Optional.empty();
  }

  @Override
  public boolean isClaimedByAnother(InstanceId id, String namespace, String name) {
    return config.discovery()
        && ledger.get().isClaimedByAnother(id, new Name(Optional.of(namespace), name));
  }
}
