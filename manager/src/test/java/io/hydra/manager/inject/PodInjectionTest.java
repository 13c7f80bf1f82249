package io.hydra.manager.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.model.ChannelId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is added to a pod, and what is not. */
class PodInjectionTest {
  private static final Wish WATCH = wish(new Reload.Watch());
  private static final InjectionConfig CONFIG = Pods.config();

  private static Wish wish(Reload reload) {
    return new Wish(
        ChannelId.parse("prod/search/searcher"),
        reload,
        8082,
        Map.of("HYDRA_APP_READY_URL", "http://127.0.0.1:8090/$(ready)"));
  }

  private static PodInjection injected(Wish wish, ObjectNode pod) {
    return injected(CONFIG, wish, pod);
  }

  private static PodInjection injected(InjectionConfig config, Wish wish, ObjectNode pod) {
    var injection = new PodInjection(config, wish, pod);
    injection.add("search");
    return injection;
  }

  private static ObjectNode result(Wish wish, ObjectNode pod) {
    var injection = injected(wish, pod);
    assertThat(injection.objections()).isEmpty();
    return Pods.patched(pod, injection.operations());
  }

  private static JsonNode asSent(PodInjection injection) {
    return Pods.json(injection.operations().toString());
  }

  private static JsonNode golden(String name) throws IOException {
    try (var in = PodInjectionTest.class.getResourceAsStream(name)) {
      return Pods.JSON.readTree(in);
    }
  }

  @Test
  void givenAPlainPod_thenThePatchIsThisOne() throws IOException {
    var pod = Pods.pod(Map.of());

    assertThat(asSent(injected(WATCH, pod))).isEqualTo(golden("plain-pod.patch.json"));
  }

  @Test
  void givenAPodOfManyParts_thenThePatchIsThisOne() throws IOException {
    var reload = new Reload.Http("http://127.0.0.1:8090/reload");

    assertThat(asSent(injected(wish(reload), manyParts())))
        .isEqualTo(golden("pod-of-many-parts.patch.json"));
  }

  private static ObjectNode manyParts() {
    return Pods.pod(
        Map.of(),
        """
        {"volumes": [{"name": "own", "emptyDir": {}}],
         "initContainers": [{"name": "prepare", "image": "example/prepare:1"}],
         "containers": [
           {"name": "main", "image": "example/main:1", "env": [{"name": "A", "value": "$(HYDRA_CURRENT)"}],
            "volumeMounts": [{"name": "own", "mountPath": "/own"}]},
           {"name": "proxy", "image": "example/proxy:1"}]}
        """);
  }

  @Test
  void givenAnInjectedPod_whenItIsInjectedAgain_thenNothingIsAdded() {
    for (var wish : List.of(WATCH, wish(new Reload.Evict()), wish(new Reload.Http("http://a/b")))) {
      var once = result(wish, manyParts());

      assertThat(injected(wish, once).operations()).isEmpty();
      assertThat(injected(wish, once).objections()).isEmpty();
    }
  }

  @Test
  void givenAnInjectedPod_whenAnotherWebhookAddsAContainer_thenThatGetsTheDataAndNothingElseIs() {
    var once = result(WATCH, Pods.pod(Map.of()));
    ((ArrayNode) once.at("/spec/containers")).add(Tree.object("name", "mesh", "image", "mesh:1"));

    var again = result(WATCH, once);

    assertThat(injected(WATCH, once).operations())
        .allMatch(operation -> operation.path("path").asText().startsWith("/spec/containers/1/"));
    assertThat(again.at("/spec/containers/1/volumeMounts")).hasSize(3);
  }

  @Test
  void givenDefaultsThatTheApiServerFillsIn_whenItIsInjectedAgain_thenNothingIsAdded() {
    var once = result(WATCH, Pods.pod(Map.of()));
    for (var volume : once.at("/spec/volumes")) {
      if (volume.has("projected")) {
        ((ObjectNode) volume.path("projected")).put("defaultMode", 420);
      }
    }

    assertThat(injected(WATCH, once).operations()).isEmpty();
    assertThat(injected(WATCH, once).objections()).isEmpty();
  }

  @Test
  void givenAnyPod_thenTheSidecarIsTheFirstAndEachOtherContainerReadsOnly() {
    var pod = result(WATCH, manyParts());

    assertThat(pod.at("/spec/initContainers/0/name").asText()).isEqualTo("hydra-appman");
    assertThat(pod.at("/spec/initContainers/0/restartPolicy").asText()).isEqualTo("Always");
    for (var path : List.of("/spec/initContainers/1", "/spec/containers/0", "/spec/containers/1")) {
      assertThat(pod.at(path + "/volumeMounts"))
          .filteredOn(mount -> mount.path("name").asText().startsWith("hydra"))
          .hasSize(3)
          .allMatch(mount -> mount.path("readOnly").asBoolean());
    }
  }

  @Test
  void givenARegistryThatWantsSecrets_thenThePodGetsThoseThatItLacks_andNoneTwice() {
    var config = Pods.config("appman.image-pull-secrets", "registry,mirror,registry");
    var bare = Pods.pod(Map.of());
    var own = Pods.pod(Map.of());
    ((ObjectNode) own.path("spec"))
        .set(
            "imagePullSecrets",
            Tree.array(Tree.object("name", "own"), Tree.object("name", "mirror")));

    assertThat(pullSecrets(once(config, bare))).containsExactly("registry", "mirror");
    assertThat(pullSecrets(once(config, own))).containsExactly("own", "mirror", "registry");
    for (var pod : List.of(bare, own)) {
      assertThat(injected(config, WATCH, once(config, pod)).operations()).isEmpty();
    }
  }

  @Test
  void givenASidecarWrittenByHand_thenItsImageIsNotOurs() {
    var config = Pods.config("appman.image-pull-secrets", "registry");
    var pod =
        Pods.pod(
            Map.of(),
            """
            {"initContainers": [{"name": "hydra-appman", "image": "example/appman:1"}],
             "containers": [{"name": "main", "image": "example/main:1"}]}
            """);

    assertThat(pullSecrets(once(config, pod))).isEmpty();
  }

  private static ObjectNode once(InjectionConfig config, ObjectNode pod) {
    return Pods.patched(pod, injected(config, WATCH, pod).operations());
  }

  private static List<String> pullSecrets(ObjectNode pod) {
    return pod.at("/spec/imagePullSecrets").findValuesAsText("name");
  }

  @Test
  void givenASettingThatLooksLikeAReference_thenKubernetesDoesNotTakeItForOne() {
    assertThat(sidecarsVariable(result(WATCH, Pods.pod(Map.of())), "HYDRA_APP_READY_URL"))
        .isEqualTo("http://127.0.0.1:8090/$$(ready)");
  }

  private static String sidecarsVariable(ObjectNode pod, String name) {
    for (var variable : pod.at("/spec/initContainers/0/env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable.path("value").asText();
      }
    }
    return "";
  }

  @Test
  void givenAVariableOfTheApplication_thenItStays() {
    var pod =
        Pods.pod(
            Map.of(),
            """
            {"containers": [{"name": "main", "env": [{"name": "HYDRA_CURRENT", "value": "mine"}]}]}
            """);

    assertThat(result(WATCH, pod).at("/spec/containers/0/env"))
        .isEqualTo(pod.at("/spec/containers/0/env"));
  }

  @Test
  void givenASignal_thenProcessesAreSharedAndAppManIsTheSameUser() {
    var wish = wish(new Reload.Signal("HUP", "main"));
    var pod =
        Pods.pod(
            Map.of(),
            """
            {"securityContext": {"runAsUser": 1000},
             "containers": [{"name": "proxy", "securityContext": {"runAsUser": 7}}, {"name": "main"}]}
            """);

    var result = result(wish, pod);

    assertThat(result.at("/spec/shareProcessNamespace").asBoolean()).isTrue();
    assertThat(result.at("/spec/initContainers/0/securityContext/runAsUser").asInt())
        .isEqualTo(1000);
    assertThat(result.at("/spec/containers/1/env").toString()).contains("HYDRA_RELOAD");
    assertThat(result.at("/spec/containers/0/env").toString()).doesNotContain("HYDRA_RELOAD");
    assertThat(injected(wish, result).operations()).isEmpty();
  }

  @Test
  void givenNoSignal_thenProcessesAreNotShared() {
    assertThat(result(WATCH, Pods.pod(Map.of())).at("/spec").has("shareProcessNamespace"))
        .isFalse();
  }

  private static void assertObjected(Wish wish, String spec, String words) {
    assertThat(injected(wish, Pods.pod(Map.of(), spec)).objections())
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void givenWhatCannotBe_thenThatIsSaid() {
    var signal = wish(new Reload.Signal("HUP", "main"));
    assertObjected(signal, "{\"containers\": [{\"name\": \"main\"}]}", "runAsUser");
    assertObjected(
        signal,
        "{\"securityContext\": {\"runAsUser\": 0}, \"containers\": [{\"name\": \"main\"}]}",
        "other than root");
    assertObjected(
        WATCH,
        "{\"containers\": [{\"name\": \"main\", \"ports\": [{\"containerPort\": 8082}]}]}",
        "container 'main' has port 8082");
    assertObjected(
        WATCH,
        "{\"containers\": [], \"volumes\": [{\"name\": \"hydra\", \"configMap\": {\"name\": \"x\"}}]}",
        "volume 'hydra'");
    assertObjected(
        WATCH,
        "{\"containers\": [], \"volumes\": [{\"name\": \"hydra-disk\", \"hostPath\": {\"path\": \"/\"}}]}",
        "volume 'hydra-disk'");
    assertObjected(
        WATCH,
        "{\"containers\": [{\"name\": \"main\", \"volumeMounts\": [{\"name\": \"x\", \"mountPath\": \"/run/hydra/\"}]}]}",
        "container 'main' mounts another volume at /run/hydra");
    assertObjected(WATCH, "{\"os\": {\"name\": \"windows\"}, \"containers\": []}", "windows");
  }

  @Test
  void givenAPrivateAuthorityOfTheManager_thenAppManIsShownIt() {
    var config =
        Pods.config("manager-ca-config-map", "kube-root-ca.crt", "manager-url", "https://m:8080");
    var pod = Pods.pod(Map.of());
    var result = Pods.patched(pod, injected(config, WATCH, pod).operations());

    assertThat(sidecarsVariable(result, "HYDRA_TLS_CA_FILE"))
        .isEqualTo("/var/run/secrets/hydra/ca.crt");
    assertThat(result.at("/spec/volumes").toString()).contains("\"kube-root-ca.crt\"");
  }
}
