package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.Informer;
import jakarta.enterprise.context.ApplicationScoped;

/** Gives what is told of pods to all who keep account of them. */
@ApplicationScoped
class PodFeed implements Informer.Listener {
  private final Uninjected uninjected;
  private final PodLedger ledger;
  private final Surroundings surroundings;
  private final NamespaceWatch namespaces;
  private final NoteKeeper notes;

  PodFeed(
      Uninjected uninjected,
      PodLedger ledger,
      Surroundings surroundings,
      NamespaceWatch namespaces,
      NoteKeeper notes) {
    this.uninjected = uninjected;
    this.ledger = ledger;
    this.surroundings = surroundings;
    this.namespaces = namespaces;
    this.notes = notes;
  }

  static boolean isConsumer(ApiObject pod) {
    return pod.annotation(ConsumerPod.ANNOTATION).isPresent();
  }

  @Override
  public void put(ApiObject pod) {
    uninjected.put(pod);
    if (!isConsumer(pod)) {
      removeConsumer(pod.name());
      return;
    }
    if (pod.nodeName().isPresent()) {
      ledger.put(ConsumerPod.of(pod));
    }
    surroundings.put(pod);
    namespaces.look(namespace(pod.name()));
    if (pod.metadata().deletionTimestamp().isPresent()) {
      notes.forget(pod.name());
    }
  }

  @Override
  public void remove(ApiObject.Name pod) {
    uninjected.remove(pod);
    removeConsumer(pod);
  }

  private void removeConsumer(ApiObject.Name pod) {
    ledger.remove(pod);
    surroundings.remove(pod);
    namespaces.look(namespace(pod));
    notes.forget(pod);
  }

  @Override
  public void listed() {
    // Whoever waits for it is told by who follows.
  }

  private static String namespace(ApiObject.Name pod) {
    return pod.namespace().orElse("");
  }
}
