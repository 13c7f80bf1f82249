package io.hydra.manager.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.kubernetes.Budgets.Budget;
import io.hydra.manager.rollout.DisruptionBudget;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * Writes into the status of PodDisruptionBudgets which pods are disrupted, as the eviction API
 * does: only if nobody has changed the budget since it was read, so that two never take the same
 * disruption.
 */
@ApplicationScoped
class Notes {
  private static final Logger LOG = Logger.getLogger(Notes.class);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final ApiServer server;
  private final Surroundings surroundings;
  private final Clock clock;

  /** How it went. */
  enum Result {
    /** The budget says now what it shall. */
    DONE,
    /** It said so before, or is not there. */
    NEEDLESS,
    /** It allows no disruption. */
    REFUSED,
    /** Somebody else was faster, or nobody could be asked: another try may succeed. */
    MISSED
  }

  Notes(ApiServer server, Surroundings surroundings, Clock clock) {
    this.server = server;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /** Takes a disruption for the pod. */
  Result add(Name budget, String pod) throws InterruptedException {
    var known = surroundings.budget(budget);
    if (known.map(Budget::state).filter(state -> !state.noted().contains(pod)).isEmpty()) {
      return Result.NEEDLESS;
    }
    if (known.get().state().allowed() < 1) {
      return Result.REFUSED;
    }
    return write(known.get(), -1, pod, now());
  }

  private JsonNode now() {
    var second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return JsonNodeFactory.instance.textNode(second.toString());
  }

  /** Has the cluster count the two minutes anew for which it believes a note. */
  Result renew(Name budget, String pod) throws InterruptedException {
    var known = surroundings.budget(budget);
    if (known.map(Budget::state).filter(state -> state.noted().contains(pod)).isEmpty()) {
      return Result.NEEDLESS;
    }
    return write(known.get(), 0, pod, now());
  }

  /**
   * Takes a note back.
   *
   * @param given how many disruptions are free for others thereby; what is not said here, the
   *     cluster counts by itself
   */
  Result remove(Name budget, String pod, int given) throws InterruptedException {
    var known = surroundings.budget(budget);
    if (known.map(Budget::state).filter(state -> state.noted().contains(pod)).isEmpty()) {
      return Result.NEEDLESS;
    }
    return write(known.get(), given, pod, JsonNodeFactory.instance.nullNode());
  }

  private Result write(Budget budget, int more, String pod, JsonNode note)
      throws InterruptedException {
    var change = JsonNodeFactory.instance.objectNode();
    change.putObject("metadata").put("resourceVersion", budget.version());
    var status = change.putObject("status");
    if (more != 0) {
      status.put("disruptionsAllowed", budget.state().allowed() + more);
    }
    status.putObject("disruptedPods").set(pod, note);
    try {
      var answer = server.patch(path(budget.name()), Patch.MERGE, change);
      surroundings.putBudget(server.object(answer));
      LOG.debugf("noted budget=%s pod=%s since=%s", budget.name(), pod, note);
      return Result.DONE;
    } catch (ApiRefusal refusal) {
      return result(budget.state(), refusal);
    } catch (IOException e) {
      LOG.warnf("cannot note budget=%s pod=%s detail=%s", budget.name(), pod, server.why(e));
      return Result.MISSED;
    }
  }

  private static Result result(DisruptionBudget budget, ApiRefusal refusal) {
    if (refusal.status() == NOT_FOUND) {
      return Result.NEEDLESS;
    }
    if (refusal.status() != CONFLICT) {
      LOG.warnf("cannot note budget=%s detail=%s", budget.name(), refusal.getMessage());
    }
    return Result.MISSED;
  }

  private static String path(Name budget) {
    return "/apis/policy/v1/namespaces/%s/poddisruptionbudgets/%s/status"
        .formatted(budget.namespace().orElse(""), budget.name());
  }
}
