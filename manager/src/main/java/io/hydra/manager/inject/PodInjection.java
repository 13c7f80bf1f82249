package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Adds to one pod what it lacks: the sidecar with what its image needs to be pulled, volumes, and
 * in each container the mounts and variables. What is there is left alone, so a second time adds
 * only what others have added meanwhile.
 */
final class PodInjection {
  private static final String CURRENT = Volumes.OWN + "/current";

  private final InjectionConfig config;
  private final Wish wish;
  private final JsonNode pod;
  private final Additions additions;
  private final List<String> objections = new ArrayList<>();

  /**
   * @param pod as the API server would create it
   */
  PodInjection(InjectionConfig config, Wish wish, ObjectNode pod) {
    this.config = config;
    this.wish = wish;
    this.pod = pod;
    this.additions = new Additions(pod);
  }

  /**
   * @param namespace that the pod is created in
   */
  void add(String namespace) {
    boolean isNew = !isThere();
    new Volumes(config).data().forEach(this::addVolume);
    addToContainers("initContainers");
    addToContainers("containers");
    if (isNew) {
      addVolume(new Volumes(config).secrets());
      refuseClashes();
      addSharedProcesses();
      config.appman().imagePullSecrets().orElse(List.of()).forEach(this::addPullSecret);
      var sidecar = new Sidecar(config, wish, namespace).container(user());
      additions.prepend("/spec", "initContainers", sidecar);
    }
  }

  /** Why it cannot be; nothing was added then that would be of use. */
  List<String> objections() {
    return objections;
  }

  ArrayNode operations() {
    return additions.operations();
  }

  /** Also where somebody has written it by hand. */
  private boolean isThere() {
    return find(pod.at("/spec/initContainers"), "name", Sidecar.NAME).isPresent()
        || find(pod.at("/spec/containers"), "name", Sidecar.NAME).isPresent();
  }

  private void addVolume(Volumes.Needed needed) {
    var there = find(pod.at("/spec/volumes"), "name", needed.name());
    if (there.isEmpty()) {
      additions.append("/spec", "volumes", needed.volume());
      return;
    }
    if (!needed.is(there.get())) {
      objections.add(
          "volume '%s' is another one than Hydra adds under this name: rename it"
              .formatted(needed.name()));
    }
  }

  /** Those of the pod's service account are among the pod's own by now, so they stay. */
  private void addPullSecret(String name) {
    if (find(additions.changed().at("/spec/imagePullSecrets"), "name", name).isEmpty()) {
      additions.append("/spec", "imagePullSecrets", Tree.object("name", name));
    }
  }

  private void addToContainers(String list) {
    var containers = pod.at("/spec/" + list);
    for (int i = 0; i < containers.size(); i++) {
      var container = containers.path(i);
      if (!container.path("name").asText().equals(Sidecar.NAME)) {
        addTo(container, "/spec/%s/%d".formatted(list, i));
      }
    }
  }

  private void addTo(JsonNode container, String path) {
    for (var mount : Volumes.readOnlyMounts()) {
      var where = mount.path("mountPath").asText();
      var there = mountAt(container, where);
      if (there.isEmpty()) {
        additions.append(path, "volumeMounts", mount);
      } else if (!there.get().path("name").equals(mount.path("name"))) {
        objections.add(
            "container '%s' mounts another volume at %s, where Hydra's data is to be"
                .formatted(container.path("name").asText(), where));
      }
    }
    addVariable(container, path, "HYDRA_CURRENT", CURRENT);
    if (wish.reload() instanceof Reload.Signal(var _, var signalled)
        && container.path("name").asText().equals(signalled)) {
      addVariable(container, path, Sidecar.SIGNAL_VARIABLE, Sidecar.SIGNAL_VALUE);
    }
  }

  /** In front of the container's own, which can then refer to it. */
  private void addVariable(JsonNode container, String path, String name, String value) {
    if (find(container.path("env"), "name", name).isEmpty()) {
      additions.prepend(path, "env", Tree.object("name", name, "value", value));
    }
  }

  private static Optional<JsonNode> mountAt(JsonNode container, String where) {
    for (var mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asText().replaceAll("/+$", "").equals(where)) {
        return Optional.of(mount);
      }
    }
    return Optional.empty();
  }

  private void refuseClashes() {
    if (pod.at("/spec/os/name").asText().equals("windows")) {
      objections.add("Hydra runs on Linux, and the pod's operating system is windows");
    }
    for (var container : pod.at("/spec/containers")) {
      for (var port : container.path("ports")) {
        if (port.path("containerPort").asInt() == wish.port()) {
          objections.add(
              "container '%s' has port %d, which AppMan needs: give AppMan another by annotation hydra/port"
                  .formatted(container.path("name").asText(), wish.port()));
        }
      }
    }
  }

  private void addSharedProcesses() {
    if (wish.reload() instanceof Reload.Signal
        && !pod.at("/spec/shareProcessNamespace").asBoolean()) {
      if (pod.at("/spec/hostPID").asBoolean()) {
        objections.add("hydra/reload: signal cannot be with hostPID");
        return;
      }
      additions.set("/spec", "shareProcessNamespace", true);
    }
  }

  /** A process may signal those of its own user only. */
  private long user() {
    if (!(wish.reload() instanceof Reload.Signal(var _, var container))) {
      return config.appman().runAsUser();
    }
    var user = userOf(container);
    if (user.isEmpty() || user.getAsLong() == 0) {
      objections.add(
          "hydra/reload: signal needs container '%s' to have a securityContext.runAsUser other than root: AppMan runs as the same user, as only that may signal it"
              .formatted(container));
    }
    return user.orElse(0);
  }

  private OptionalLong userOf(String container) {
    var own =
        find(pod.at("/spec/containers"), "name", container)
            .map(found -> found.at("/securityContext/runAsUser"))
            .filter(JsonNode::isNumber)
            .orElse(pod.at("/spec/securityContext/runAsUser"));
    return own.isNumber() ? OptionalLong.of(own.asLong()) : OptionalLong.empty();
  }

  private static Optional<JsonNode> find(JsonNode list, String member, String value) {
    for (var item : list) {
      if (item.path(member).asText().equals(value)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }
}
