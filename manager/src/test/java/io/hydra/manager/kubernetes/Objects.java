package io.hydra.manager.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hydra.manager.apiserver.ApiObject;
import io.hydra.wire.HydraJson;

/** Objects as an API server writes them. */
final class Objects {
  static final String CHANNEL = "prod/search/searcher";

  private Objects() {}

  static ApiObject read(String json) {
    try {
      return HydraJson.mapper().readValue(json, ApiObject.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** A consumer's pod in namespace search, on node n, with label {@code app}. */
  static ApiObject pod(String name, String app, boolean ready) {
    return pod("search", name, app, ready, "");
  }

  /** One that is ready, in another namespace. */
  static ApiObject podIn(String namespace, String name) {
    return pod(namespace, name, "x", true, "");
  }

  /** One that is ready and being deleted. */
  static ApiObject endingPod(String name, String app) {
    return pod("search", name, app, true, "\"deletionTimestamp\":\"2026-11-08T09:00:00Z\",");
  }

  private static ApiObject pod(
      String namespace, String name, String app, boolean ready, String more) {
    return read(
        """
        {"metadata":{"name":"%s","namespace":"%s","uid":"uid-%s","resourceVersion":"1",%s
        "labels":{"app":"%s"},"annotations":{"hydra/channel":"%s"}},
        "spec":{"nodeName":"n","containers":[{"name":"main"}]},
        "status":{"conditions":[{"type":"Ready","status":"%s"}]}}
        """
            .formatted(name, namespace, name, more, app, CHANNEL, ready ? "True" : "False"));
  }

  /** A slice of namespace search that names one pod. */
  static ApiObject slice(String name, String pod, String conditions) {
    return read(
        """
        {"metadata":{"name":"%s","namespace":"search","resourceVersion":"1"},"addressType":"IPv4",
        "endpoints":[{"addresses":["10.0.0.1"],"conditions":{%s},
        "targetRef":{"kind":"Pod","namespace":"search","name":"%s"}}]}
        """
            .formatted(name, conditions, pod));
  }

  /** A PodDisruptionBudget of namespace search. */
  static ApiObject budget(int version, String selector, int allowed, String disruptedPods) {
    return read(budgetJson(version, selector, allowed, disruptedPods));
  }

  static String budgetJson(int version, String selector, int allowed, String disruptedPods) {
    return """
    {"metadata":{"name":"pdb","namespace":"search","resourceVersion":"%d","generation":1},
    "spec":{"selector":%s,"minAvailable":2},
    "status":{"observedGeneration":1,"disruptionsAllowed":%d,"currentHealthy":3,"desiredHealthy":2,
    "expectedPods":3,"disruptedPods":{%s}}}
    """
        .formatted(version, selector, allowed, disruptedPods);
  }
}
