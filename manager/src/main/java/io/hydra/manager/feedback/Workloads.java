package io.hydra.manager.feedback;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Owner;
import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.events.ObjectReference;
import io.hydra.manager.kubernetes.ConsumerPod;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Finds the workloads that pods belong to, as people know them: the Deployment, not its ReplicaSet,
 * which is asked for it once.
 */
final class Workloads {
  private static final Logger LOG = Logger.getLogger(Workloads.class);
  private static final String REPLICA_SET = "ReplicaSet";

  /** A channel has a few. */
  private static final int MOST = 10;

  private static final int MOST_REMEMBERED = 1_000;

  private final ApiServer server;
  private final Map<String, ObjectReference> ofReplicaSets = new Remembered();

  private static final class Remembered extends LinkedHashMap<String, ObjectReference> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, ObjectReference> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  /** In its namespace. */
  private record Owned(String namespace, Owner owner) {}

  Workloads(ApiServer server) {
    this.server = server;
  }

  Set<ObjectReference> of(List<ConsumerPod> pods) throws InterruptedException {
    var owners = new LinkedHashSet<Owned>();
    pods.forEach(pod -> pod.owner().ifPresent(o -> owners.add(new Owned(pod.namespace(), o))));
    var found = new LinkedHashSet<ObjectReference>();
    for (var owner : owners.stream().limit(MOST).toList()) {
      found.add(workload(owner));
    }
    return found;
  }

  private ObjectReference workload(Owned owned) throws InterruptedException {
    var itself = reference(owned.namespace(), owned.owner());
    if (!owned.owner().kind().equals(REPLICA_SET)) {
      return itself;
    }
    var known = Optional.ofNullable(ofReplicaSets.get(owned.owner().uid()));
    return known.isPresent() ? known.get() : ask(owned, itself);
  }

  private ObjectReference ask(Owned owned, ObjectReference replicaSet) throws InterruptedException {
    var path =
        "/apis/apps/v1/namespaces/%s/replicasets/%s"
            .formatted(owned.namespace(), owned.owner().name());
    try {
      var workload =
          server
              .get(path, ApiObject.class)
              .controller()
              .map(owner -> reference(owned.namespace(), owner))
              .orElse(replicaSet);
      ofReplicaSets.put(owned.owner().uid(), workload);
      return workload;
    } catch (ApiRefusal refused) {
      LOG.warnf("cannot ask for %s detail=%s", replicaSet, server.why(refused));
      ofReplicaSets.put(owned.owner().uid(), replicaSet);
      return replicaSet;
    } catch (IOException silent) {
      LOG.debugf(silent, "cannot ask for %s", replicaSet);
      return replicaSet;
    }
  }

  private static ObjectReference reference(String namespace, Owner owner) {
    return new ObjectReference(
        owner.apiVersion(),
        owner.kind(),
        Optional.of(namespace),
        owner.name(),
        Optional.of(owner.uid()));
  }
}
