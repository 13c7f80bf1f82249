package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.events.Announcement;
import io.hydra.manager.events.Announcements;
import io.hydra.manager.events.ObjectReference;
import io.hydra.manager.lead.LeadScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Pods that ask for AppMan and were created without it, as no webhook answered. They stay so until
 * somebody deletes them: each is told of once, and they are counted.
 */
@LeadScoped
class Uninjected {
  private static final Logger LOG = Logger.getLogger(Uninjected.class);
  private static final String INJECT = "hydra/inject";
  private static final String SIDECAR = "hydra-appman";

  private final Announcements announcements;
  private final Map<Name, String> uids = new HashMap<>();

  Uninjected(Announcements announcements) {
    this.announcements = announcements;
  }

  /** Whether the webhook is meant to see the pod; a label does as well. */
  static boolean asks(ApiObject pod) {
    return pod.annotation(INJECT)
        .or(() -> Optional.ofNullable(pod.labels().get(INJECT)))
        .filter(value -> !value.equals("false"))
        .isPresent();
  }

  /** A pod that is new or has changed. */
  synchronized void put(ApiObject pod) {
    boolean ending = pod.metadata().deletionTimestamp().isPresent();
    if (!asks(pod) || pod.hasContainer(SIDECAR) || ending) {
      uids.remove(pod.name());
      return;
    }
    var uid = pod.metadata().uid().orElse("");
    if (!uid.equals(uids.put(pod.name(), uid))) {
      tell(pod.name(), uid);
    }
  }

  synchronized void remove(Name name) {
    uids.remove(name);
  }

  /** How many there are now. */
  synchronized int size() {
    return uids.size();
  }

  private void tell(Name pod, String uid) {
    LOG.warnf("pod=%s reason=HydraNotInjected it was created without AppMan", pod);
    announcements.announce(
        Announcement.wrong(
            ObjectReference.pod(pod.namespace().orElse(""), pod.name(), uid),
            "HydraNotInjected",
            "the pod asks for Hydra (%s) and was created without AppMan, as Hydra's webhook did not answer then: it gets no data. Delete the pod: the next one has it"
                .formatted(INJECT)));
  }
}
