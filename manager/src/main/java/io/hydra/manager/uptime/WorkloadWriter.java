package io.hydra.manager.uptime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.events.Announcement;
import io.hydra.manager.events.Announcements;
import io.hydra.manager.events.ObjectReference;
import io.hydra.manager.lead.LeadScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries out what is decided: replicas and memory in one change, and only of what was looked at.
 */
@LeadScoped
class WorkloadWriter {
  private static final Logger LOG = Logger.getLogger(WorkloadWriter.class);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final ApiServer server;
  private final Announcements announcements;

  /** Versions that were changed: what is known of them is old until the API server tells more. */
  private final Map<WorkloadId, String> changed = new HashMap<>();

  WorkloadWriter(ApiServer server, Announcements announcements) {
    this.server = server;
    this.announcements = announcements;
  }

  /** One that fails is tried again at the next call, as long as it is still to be done. */
  void carryOut(UptimeAction action) throws InterruptedException {
    var workload = action.workload();
    if (workload.version().equals(changed.get(workload.id()))) {
      return;
    }
    try {
      var unused =
          server.patch(workload.id().path() + "?fieldManager=hydra", Patch.MERGE, change(action));
      changed.put(workload.id(), workload.version());
      tell(action);
    } catch (ApiRefusal refused) {
      if (refused.status() != CONFLICT && refused.status() != NOT_FOUND) {
        complain(workload, refused);
      }
    } catch (IOException unanswered) {
      LOG.warnf("cannot scale workload=%s detail=%s", workload.id(), server.why(unanswered));
    }
  }

  /** Once for each workload, until it changes. */
  void objectTo(Workload workload, String why) {
    announcements.announce(Announcement.wrong(reference(workload), "HydraUptimeInvalid", why));
  }

  private void complain(Workload workload, ApiRefusal refused) {
    LOG.warnf("cannot scale workload=%s detail=%s", workload.id(), refused.getMessage());
    announcements.announce(
        Announcement.wrong(
            reference(workload), "HydraUptimeRefused", String.valueOf(refused.getMessage())));
  }

  private void tell(UptimeAction action) {
    switch (action) {
      case UptimeAction.PutDown(var workload, var memory) ->
          happened(
              workload,
              "HydraScaledDown",
              "outside of its uptime (%s): scaled to 0 from %d"
                  .formatted(memory.windows(), workload.replicas()));
      case UptimeAction.Restore(var workload, int replicas) ->
          happened(workload, "HydraScaledUp", "back to %d replicas".formatted(replicas));
      case UptimeAction.Note(var workload, var memory) ->
          LOG.infof("noted workload=%s memory=%s", workload.id(), memory);
      case UptimeAction.Forget(var workload) ->
          LOG.infof("left as it is workload=%s replicas=%d", workload.id(), workload.replicas());
    }
  }

  private void happened(Workload workload, String reason, String sentence) {
    LOG.infof("workload=%s reason=%s detail=%s", workload.id(), reason, sentence);
    announcements.announce(Announcement.happened(reference(workload), reason, sentence));
  }

  private static ObjectReference reference(Workload workload) {
    var id = workload.id();
    return new ObjectReference(
        WorkloadId.Kind.API_VERSION,
        id.kind().word(),
        Optional.of(id.namespace()),
        id.name(),
        Optional.of(workload.uid()).filter(uid -> !uid.isEmpty()));
  }

  private static ObjectNode change(UptimeAction action) {
    var change = JsonNodeFactory.instance.objectNode();
    var metadata = change.putObject("metadata").put("resourceVersion", action.workload().version());
    var annotations = metadata.putObject("annotations");
    action
        .done()
        .memory()
        .annotations()
        .forEach((key, value) -> annotations.put(key, value.orElse(null)));
    if (action.done().replicas() != action.workload().replicas()) {
      change.putObject("spec").put("replicas", action.done().replicas());
    }
    return change;
  }
}
