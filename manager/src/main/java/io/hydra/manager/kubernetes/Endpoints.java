package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Endpoint;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiObject.Target;
import io.hydra.wire.EndpointState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What EndpointSlices say of pods. For one thread at a time. */
final class Endpoints {
  /** By pod, then by slice: whether it is ready there. */
  private final Map<Name, Map<Name, Boolean>> pods = new HashMap<>();

  private final Map<Name, Set<Name>> slices = new HashMap<>();

  /** A slice that is new or has changed. Gives the pods of which it says something else now. */
  Set<Name> put(ApiObject slice) {
    return replace(slice.name(), readiness(slice));
  }

  /** A slice that is gone. Gives the pods that it named. */
  Set<Name> remove(Name slice) {
    return replace(slice, Map.of());
  }

  EndpointState of(Name pod) {
    var said = pods.getOrDefault(pod, Map.of()).values();
    if (said.isEmpty()) {
      return EndpointState.UNKNOWN;
    }
    return said.contains(true) ? EndpointState.READY : EndpointState.NOT_READY;
  }

  /** All slices of the namespace. */
  void forget(String namespace) {
    Set.copyOf(slices.keySet()).stream()
        .filter(slice -> slice.namespace().filter(namespace::equals).isPresent())
        .forEach(this::remove);
  }

  private Set<Name> replace(Name slice, Map<Name, Boolean> now) {
    var changed = new HashSet<Name>();
    for (var pod : Set.copyOf(slices.getOrDefault(slice, Set.of()))) {
      if (!now.containsKey(pod)) {
        drop(pod, slice);
        changed.add(pod);
      }
    }
    now.forEach(
        (pod, ready) -> {
          var before = pods.computeIfAbsent(pod, p -> new HashMap<>(2)).put(slice, ready);
          if (!ready.equals(before)) {
            changed.add(pod);
          }
        });
    if (now.isEmpty()) {
      slices.remove(slice);
    } else {
      slices.put(slice, Set.copyOf(now.keySet()));
    }
    return changed;
  }

  private void drop(Name pod, Name slice) {
    var said = pods.getOrDefault(pod, new HashMap<>());
    said.remove(slice);
    if (said.isEmpty()) {
      pods.remove(pod);
    }
  }

  private static Map<Name, Boolean> readiness(ApiObject slice) {
    var readiness = new HashMap<Name, Boolean>();
    for (var endpoint : slice.endpoints().stream().flatMap(all -> all.stream()).toList()) {
      pod(endpoint, slice)
          .ifPresent(pod -> readiness.merge(pod, endpoint.isReady(), Boolean::logicalOr));
    }
    return readiness;
  }

  private static Optional<Name> pod(Endpoint endpoint, ApiObject slice) {
    return endpoint
        .targetRef()
        .filter(target -> target.kind().filter("Pod"::equals).isPresent())
        .flatMap(Target::name)
        .map(name -> new Name(slice.metadata().namespace(), name));
  }
}
