package io.hydra.manager.uptime;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.lead.LeadScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The workloads and what namespaces say, as the API server tells. */
@LeadScoped
class Workloads {
  private final Map<WorkloadId, Workload> workloads = new TreeMap<>();
  private final Map<String, String> namespaces = new HashMap<>();
  private int unlisted = Integer.MAX_VALUE;

  /**
   * @param lists that have to be complete before anything follows from them
   */
  synchronized void expect(int lists) {
    unlisted = lists;
  }

  synchronized void listed() {
    unlisted = Math.max(0, unlisted - 1);
  }

  synchronized boolean isComplete() {
    return unlisted == 0;
  }

  /** Returns whether it is another than before in more than its version. */
  synchronized boolean put(Workload workload) {
    var before = Optional.ofNullable(workloads.put(workload.id(), workload));
    return before.filter(workload::isLike).isEmpty();
  }

  synchronized void remove(WorkloadId.Kind kind, Name name) {
    workloads.remove(new WorkloadId(kind, name.namespace().orElse(""), name.name()));
  }

  synchronized void namespace(String name, Optional<String> uptime) {
    uptime.ifPresentOrElse(text -> namespaces.put(name, text), () -> namespaces.remove(name));
  }

  synchronized Optional<String> ofNamespace(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  /** Ordered by id. */
  synchronized List<Workload> all() {
    return List.copyOf(workloads.values());
  }
}
