package io.hydra.manager.uptime;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.lead.LeadScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The workloads and what namespaces say, as the API server tells. */
@LeadScoped
class Workloads {
  private final Map<WorkloadId, Workload> workloads = new TreeMap<>();
  private final Map<String, String> namespaces = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private int expected = Integer.MAX_VALUE;

  /**
   * @param lists that have to be complete before anything follows from them
   */
  synchronized void expect(int lists) {
    expected = lists;
  }

  /**
   * One of them is. It may be told more than once.
   *
   * @param path of the list
   */
  synchronized void listed(String path) {
    listed.add(path);
  }

  synchronized boolean isComplete() {
    return listed.size() >= expected;
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
