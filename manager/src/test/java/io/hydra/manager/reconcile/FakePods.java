package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.KnownPods;
import io.hydra.manager.discovery.PodOrigin;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Pods that a test names; it follows the namespace {@code search} only. */
final class FakePods implements KnownPods {
  final Set<PodOrigin> all = new HashSet<>();
  boolean complete = true;

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public boolean seesAllOf(String namespace) {
    return namespace.equals("search");
  }

  @Override
  public Optional<KnownPod> find(String namespace, String name) {
    return all.stream()
        .filter(pod -> pod.namespace().equals(namespace) && pod.name().equals(name))
        .findFirst()
        .map(pod -> new KnownPod(pod.uid(), NodeName.of("n1"), Optional.of(World.CHANNEL)));
  }

  @Override
  public boolean isClaimedByAnother(InstanceId id, String namespace, String name) {
    return false;
  }
}
