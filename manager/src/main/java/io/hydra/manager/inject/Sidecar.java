package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** AppMan's container: started before the application, ended after it, and the pod's readiness. */
final class Sidecar {
  static final String NAME = "hydra-appman";

  /** In the application's container, by which AppMan tells the process that wants the signal. */
  static final String SIGNAL_VARIABLE = "HYDRA_RELOAD";

  static final String SIGNAL_VALUE = "signal";

  /** Data may take a day to come. */
  private static final int STARTUP_SECONDS = 86_400;

  /** A program that answers nobody for so long hangs; that its node is busy does not last. */
  private static final int HANGING_SECONDS = 120;

  private static final int LIVENESS_PERIOD = 10;

  private final InjectionConfig config;
  private final Wish wish;
  private final String namespace;

  Sidecar(InjectionConfig config, Wish wish, String namespace) {
    this.config = config;
    this.wish = wish;
    this.namespace = namespace;
  }

  /**
   * @param user that it runs as
   */
  JsonNode container(long user) {
    var port = Tree.object("name", "hydra", "containerPort", wish.port(), "protocol", "TCP");
    var container = Tree.object("name", NAME, "restartPolicy", "Always");
    container.put("image", config.appman().image());
    container.put("imagePullPolicy", config.appman().imagePullPolicy());
    container.put("terminationMessagePolicy", "FallbackToLogsOnError");
    container.set("env", environment());
    container.set("ports", Tree.array(port));
    container.set("startupProbe", probe("started", STARTUP_SECONDS));
    container.set("readinessProbe", probe("ready", 1));
    container.set(
        "livenessProbe",
        probe("live", HANGING_SECONDS / LIVENESS_PERIOD).put("periodSeconds", LIVENESS_PERIOD));
    container.set("resources", resources());
    container.set("securityContext", least(user));
    container.set("volumeMounts", Tree.array(Volumes.appManMounts()));
    return container;
  }

  private ObjectNode resources() {
    var appman = config.appman();
    var requests = Tree.object("cpu", appman.cpuRequest(), "memory", appman.memoryRequest());
    var limits = Tree.object("memory", appman.memoryLimit());
    return Tree.object("requests", requests, "limits", limits);
  }

  /** What Pod Security's profile "restricted" asks for, whatever the pod says of itself. */
  private static ObjectNode least(long user) {
    var context = Tree.object("runAsNonRoot", true, "runAsUser", user, "runAsGroup", user);
    context.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
    context.set("capabilities", Tree.object("drop", Tree.array("ALL")));
    context.set("seccompProfile", Tree.object("type", "RuntimeDefault"));
    return context;
  }

  /** That it is not ready it says at once; only a busy node takes long to let it answer. */
  private ObjectNode probe(String check, int failures) {
    var probe = Tree.object("periodSeconds", 1, "timeoutSeconds", 5, "successThreshold", 1);
    probe.put("failureThreshold", failures);
    probe
        .putObject("httpGet")
        .put("path", "/q/health/" + check)
        .put("port", wish.port())
        .put("scheme", "HTTP");
    return probe;
  }

  private ArrayNode environment() {
    var all =
        Tree.array(
            ofPod("POD_NAME", "metadata.name"),
            // A pod's name is unique only in its namespace.
            Tree.object("name", "HYDRA_INSTANCE_ID", "value", namespace + ".$(POD_NAME)"),
            ofPod("HYDRA_INSTANCE_NODE", "spec.nodeName"),
            given("HYDRA_INSTANCE_CHANNEL", wish.channel().toString()),
            given("HYDRA_MANAGER_URL", config.managerUrl().toString()),
            given("HYDRA_MANAGER_TOKEN_FILE", Volumes.TOKEN_FILE),
            given("HYDRA_ROOT", Volumes.DISK),
            given("HYDRA_RAM_ROOT", Volumes.RAM),
            given("HYDRA_DIR", Volumes.OWN),
            given("QUARKUS_HTTP_PORT", Integer.toString(wish.port())));
    config
        .managerCaConfigMap()
        .ifPresent(_ -> all.add(given("HYDRA_TLS_CA_FILE", Volumes.CA_FILE)));
    addReload(all);
    if (!wish.settings().containsKey("HYDRA_DRAIN_SETTLE")) {
      all.add(given("HYDRA_DRAIN_SETTLE", config.appman().drainSettle()));
    }
    wish.settings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(setting -> all.add(given(setting.getKey(), setting.getValue())));
    return all;
  }

  private void addReload(ArrayNode all) {
    switch (wish.reload()) {
      case Reload.Watch _ -> all.add(given("HYDRA_APP_RELOAD", "watch"));
      case Reload.Evict _ -> all.add(given("HYDRA_APP_RELOAD", "evict"));
      case Reload.Http(var url) ->
          all.add(given("HYDRA_APP_RELOAD", "http")).add(given("HYDRA_APP_RELOAD_URL", url));
      case Reload.Signal(var name, var _) ->
          all.add(given("HYDRA_APP_RELOAD", "signal"))
              .add(given("HYDRA_APP_SIGNAL", name))
              .add(given("HYDRA_APP_PROCESS", SIGNAL_VARIABLE + "=" + SIGNAL_VALUE));
    }
  }

  private static ObjectNode ofPod(String name, String field) {
    var reference = Tree.object("apiVersion", "v1", "fieldPath", field);
    return Tree.object("name", name, "valueFrom", Tree.object("fieldRef", reference));
  }

  /** Kubernetes would replace $(NAME) by that variable. */
  private static ObjectNode given(String name, String value) {
    return Tree.object("name", name, "value", value.replace("$(", "$$("));
  }
}
