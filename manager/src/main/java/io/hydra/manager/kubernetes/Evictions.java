package io.hydra.manager.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.rollout.DisruptionBudget;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Has pods replaced by the eviction API, which asks their PodDisruptionBudgets. */
@ApplicationScoped
class Evictions {
  private static final Logger LOG = Logger.getLogger(Evictions.class);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ApiServer server;
  private final NoteKeeper notes;

  Evictions(ApiServer server, NoteKeeper notes) {
    this.server = server;
    this.notes = notes;
  }

  /**
   * @param budgets that protect the pod
   * @throws HydraException {@code DISRUPTION_REFUSED}, {@code UNAVAILABLE}
   */
  void evict(SeenPod pod, List<DisruptionBudget> budgets) {
    try {
      notes.giveBack(pod.id(), pod.ready());
      var unused = server.post(path(pod), eviction(pod));
      LOG.infof("evicted pod=%s channel=%s", pod.id(), pod.channel());
    } catch (ApiRefusal refusal) {
      refused(pod, budgets, refusal);
    } catch (IOException e) {
      notes.takeAgain(pod.id());
      throw failure(ErrorCode.UNAVAILABLE, pod, server.why(e));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw failure(ErrorCode.UNAVAILABLE, pod, "the manager ends");
    }
  }

  private void refused(SeenPod pod, List<DisruptionBudget> budgets, ApiRefusal refusal) {
    if (refusal.status() == NOT_FOUND || refusal.status() == CONFLICT) {
      LOG.infof("needs no eviction, it is gone pod=%s", pod.id());
      return;
    }
    notes.takeAgain(pod.id());
    if (refusal.status() != TOO_MANY_REQUESTS) {
      throw failure(ErrorCode.UNAVAILABLE, pod, String.valueOf(refusal.getMessage()));
    }
    var names = budgets.stream().map(DisruptionBudget::name).collect(Collectors.joining(", "));
    throw failure(
        ErrorCode.DISRUPTION_REFUSED,
        pod,
        "PodDisruptionBudget %s allows no disruption now".formatted(names));
  }

  private static HydraException failure(ErrorCode code, SeenPod pod, String why) {
    return new HydraException(
        code,
        "pod %s cannot be evicted: %s".formatted(pod.id(), why),
        Map.of("pod", pod.id().toString()));
  }

  private static String path(SeenPod pod) {
    return "/api/v1/namespaces/%s/pods/%s/eviction".formatted(pod.namespace(), pod.id().name());
  }

  /** Of this very pod: another may have come in its name. */
  private static ObjectNode eviction(SeenPod pod) {
    var eviction = JsonNodeFactory.instance.objectNode();
    eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
    eviction.putObject("metadata").put("namespace", pod.namespace()).put("name", pod.id().name());
    eviction.putObject("deleteOptions").putObject("preconditions").put("uid", pod.uid());
    return eviction;
  }
}
