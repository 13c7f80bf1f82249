package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Http;
import io.hydra.testing.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A real API server calls the webhook of a manager that runs beside it; nodes are fake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InjectionIT {
  private static final String ASKS = "hydra/inject: \"true\", hydra/channel: prod/default/searcher";
  private static final String REQUIRES =
      "hydra/inject: required, hydra/channel: prod/default/searcher";
  private static final String ON_A_NODE = "nodeName: fake-1";
  private static final String CONFIGURATION = "mutatingwebhookconfiguration/hydra-injection";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private TestCluster cluster;
  private OutsideHydra hydra;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("injection", "--fake", "1");
    int port = Ports.free();
    cluster.kubectl("apply", "--server-side", "--filename=src/main/kubernetes/base/webhook.yaml");
    cluster.kubectl(
        "patch",
        CONFIGURATION,
        "--type=json",
        "--patch=[%s,%s]".formatted(calling(0, port), calling(1, port)));
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "injection-");
    hydra =
        new OutsideHydra(
            cluster,
            directory,
            "127.0.0.1",
            Map.of(
                "hydra.kubernetes.injection.enabled", "true",
                "hydra.kubernetes.injection.port", Integer.toString(port),
                "hydra.kubernetes.injection.names", "127.0.0.1",
                "hydra.kubernetes.injection.appman.image-pull-secrets", "registry"));
    hydra.createChannel();
    awaitServing();
  }

  private static String calling(int webhook, int port) {
    return "{\"op\":\"replace\",\"path\":\"/webhooks/%d/clientConfig\",\"value\":{\"url\":\"https://127.0.0.1:%d/inject\"}}"
        .formatted(webhook, port);
  }

  /** A manager under the load of tests may be ready before: it waits for its webhook 15 s. */
  private void awaitServing() {
    Await.until(
        "the webhook serves", PATIENCE, () -> metric("hydra_injection_serving").equals("1.0"));
  }

  @AfterAll
  void end() throws IOException {
    if (hydra != null) {
      hydra.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private JsonNode pod(String name) throws IOException {
    return cluster.get("pod", name);
  }

  private static boolean isInjected(JsonNode pod) {
    return pod.at("/spec/initContainers/0/name").asText().equals("hydra-appman");
  }

  private String bundle() throws IOException {
    return cluster.get(CONFIGURATION).at("/webhooks/0/clientConfig/caBundle").asText();
  }

  @Test
  @Order(1)
  void givenAPodThatAsks_thenAppManIsItsFirstContainerAndEachOtherReads() throws IOException {
    cluster.pod("first", ASKS, ON_A_NODE);

    var pod = pod("first");
    assertThat(isInjected(pod)).isTrue();
    assertThat(pod.at("/spec/initContainers/0/restartPolicy").asText()).isEqualTo("Always");
    assertThat(pod.at("/spec/containers/0/volumeMounts").toString())
        .contains("\"/run/hydra\"", "\"/var/lib/hydra\"", "\"/var/lib/hydra-ram\"");
    assertThat(pod.at("/spec/containers/0/env/0/name").asText()).isEqualTo("HYDRA_CURRENT");
    assertThat(pod.at("/spec/volumes").toString()).contains("\"audience\":\"hydra\"");
  }

  @Test
  @Order(2)
  void givenALabelInsteadOfAnAnnotation_thenItIsTheSame() throws IOException {
    cluster.pod("labelled", "hydra/channel: prod/default/searcher", ON_A_NODE);
    assertThat(isInjected(pod("labelled"))).isFalse();
    var labelled = again(pod("labelled"), "labelled-2");
    ((ObjectNode) labelled.path("metadata")).putObject("labels").put("hydra/inject", "true");

    cluster.cluster().apply(labelled.toString());

    assertThat(isInjected(pod("labelled-2"))).isTrue();
  }

  @Test
  @Order(3)
  void givenAPodThatDoesNotAsk_thenItIsAsItWas() throws IOException {
    cluster.pod("plain", "", ON_A_NODE);
    cluster.pod("declines", "hydra/inject: \"false\"", ON_A_NODE);

    for (var name : new String[] {"plain", "declines"}) {
      assertThat(pod(name).path("spec").has("initContainers")).isFalse();
      assertThat(pod(name).path("spec").has("volumes")).isFalse();
    }
  }

  @Test
  @Order(4)
  void givenAnInjectedPod_whenItIsCreatedAnew_thenNothingIsAddedToIt() throws IOException {
    var first = pod("first");

    cluster.cluster().apply(again(first, "second").toString());

    assertThat(withoutNames(pod("second"), "second")).isEqualTo(withoutNames(first, "first"));
  }

  private static ObjectNode again(JsonNode pod, String name) {
    var again = new ObjectMapper().createObjectNode();
    again.put("apiVersion", "v1").put("kind", "Pod");
    again.putObject("metadata").put("name", name).put("namespace", "default");
    again.withObjectProperty("metadata").set("annotations", pod.at("/metadata/annotations"));
    again.set("spec", pod.path("spec").deepCopy());
    return again;
  }

  private static String withoutNames(JsonNode pod, String name) {
    return pod.path("spec").toString().replace("\"" + name + "\"", "NAME");
  }

  @Test
  @Order(5)
  void givenWrongAnnotations_thenThePodIsRefusedByASentenceThatNamesThemAll() {
    assertThatThrownBy(
            () ->
                cluster.pod(
                    "wrong",
                    "hydra/inject: \"true\", hydra/channel: searcher, hydra/reload: http",
                    ON_A_NODE))
        .hasMessageContaining("Hydra cannot serve this pod")
        .hasMessageContaining("env/namespace/name")
        .hasMessageContaining("hydra/reload-url is missing");
    assertThatThrownBy(
            () ->
                cluster.pod(
                    "foreign",
                    "hydra/inject: \"true\", hydra/channel: moon/default/searcher",
                    ON_A_NODE))
        .hasMessageContaining("moon");
  }

  @Test
  @Order(6)
  void givenADeploymentWithWrongAnnotations_thenAnEventSaysWhatIsWrong() throws IOException {
    cluster.cluster().apply(deployment("default", "hydra/reload: telepathy"));

    awaitEvent("FailedCreate", "'telepathy' must be http, signal, restart, evict or watch");
    // Otherwise its pods come as soon as the webhook does not answer.
    cluster.kubectl("delete", "deployment", "searcher");
  }

  @Test
  @Order(7)
  void givenANamespaceThatForbidsHostPath_thenAnEventSaysWhatToDo() throws IOException {
    cluster
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: strict
              labels: {pod-security.kubernetes.io/enforce: restricted}
            """);
    cluster.cluster().apply(deployment("strict", "hydra/reload: watch"));

    awaitEvent("FailedCreate", "namespace 'strict' enforces Pod Security 'restricted'");
    cluster.kubectl("--namespace=strict", "delete", "deployment", "searcher");
  }

  private static String deployment(String namespace, String annotation) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: searcher
      namespace: %s
    spec:
      selector: {matchLabels: {app: searcher}}
      template:
        metadata:
          labels: {app: searcher}
          annotations: {%s, %s}
        spec:
          containers:
          - name: main
            image: hydra.local/none:1
    """
        .formatted(namespace, ASKS, annotation);
  }

  private void awaitEvent(String reason, String words) {
    Await.until(
        "an Event " + reason + ": " + words,
        PATIENCE,
        () ->
            cluster
                .get("events", "--all-namespaces", "--field-selector=reason=" + reason)
                .toString()
                .contains(words));
  }

  @Test
  @Order(8)
  void givenABundleThatSomebodyBreaks_thenItIsRepaired() throws IOException {
    var whole = bundle();
    assertThat(whole).isNotEmpty();

    cluster.kubectl(
        "patch",
        CONFIGURATION,
        "--type=json",
        "--patch=[{\"op\":\"remove\",\"path\":\"/webhooks/0/clientConfig/caBundle\"}]");

    Await.until("the bundle is repaired", AT_ONCE, () -> bundle().equals(whole));
    Await.until(
        "pods are injected again",
        PATIENCE,
        () -> {
          cluster.kubectl("delete", "pod", "first", "--ignore-not-found", "--force");
          cluster.pod("first", ASKS, ON_A_NODE);
          return isInjected(pod("first"));
        });
  }

  @Test
  @Order(9)
  void givenNoWebhook_thenPodsAreCreatedAllTheSame_unlessTheyRequireIt_andTheManagerTellsLater()
      throws IOException {
    var before = bundle();
    assertThat(hydra.manager().terminate()).isTrue();

    cluster.pod("meanwhile", ASKS, ON_A_NODE);
    assertThat(isInjected(pod("meanwhile"))).isFalse();
    assertThatThrownBy(() -> cluster.pod("never-bare", REQUIRES, ON_A_NODE))
        .hasMessageContaining("require.hydra.local");
    hydra.manager().start();
    hydra.manager().awaitHealthy(PATIENCE);
    awaitServing();

    cluster.pod("never-bare", REQUIRES, ON_A_NODE);
    assertThat(isInjected(pod("never-bare"))).isTrue();
    awaitEvent("HydraNotInjected", "Delete the pod: the next one has it");
    assertThat(hydra.managersLog()).contains("pod=default/meanwhile reason=HydraNotInjected");
    assertThat(uninjected()).isEqualTo("1.0");
    assertThat(bundle()).isEqualTo(before);
    cluster.kubectl("delete", "pod", "meanwhile", "--force");
    cluster.pod("meanwhile", ASKS, ON_A_NODE);
    assertThat(isInjected(pod("meanwhile"))).isTrue();
    Await.until("none is without AppMan", PATIENCE, () -> uninjected().equals("0.0"));
  }

  private String uninjected() throws IOException {
    return metric("hydra_kubernetes_pods_uninjected");
  }

  private String metric(String name) throws IOException {
    return Http.get(hydra.url().resolve("/q/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }

  @Test
  @Order(10)
  void givenAnAuthorityThatIsLost_thenANewOneIsMadeAndToldOf() throws IOException {
    var before = bundle();
    assertThat(hydra.manager().terminate()).isTrue();
    cluster.kubectl(
        "--namespace=hydra",
        "patch",
        "secret",
        "hydra-webhook",
        "--type=merge",
        "--patch={\"data\":{\"ca.crt\":null}}");
    hydra.manager().start();
    hydra.manager().awaitHealthy(PATIENCE);
    awaitServing();

    assertThat(bundle()).isNotEqualTo(before);
    Await.until(
        "pods are injected again",
        PATIENCE,
        () -> {
          cluster.kubectl("delete", "pod", "first", "--ignore-not-found", "--force");
          cluster.pod("first", ASKS, ON_A_NODE);
          return isInjected(pod("first"));
        });
  }

  /** The API server gives a pod those of its account only where the pod has none. */
  @Test
  @Order(11)
  void givenAnAccountWithPullSecrets_thenItsPodHasThemBesideAppMans() throws IOException {
    cluster
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: puller, namespace: default}
            imagePullSecrets: [{name: own}]
            """);

    cluster.pod("pulls", ASKS, ON_A_NODE + "\n  serviceAccountName: puller");

    assertThat(pod("pulls").at("/spec/imagePullSecrets").findValuesAsText("name"))
        .containsExactly("own", "registry");
  }

  @Test
  @Order(12)
  void givenSomebodyWhoAsksForANewAuthority_thenItComesInTheRunningManager() throws IOException {
    var before = bundle();

    cluster.kubectl(
        "--namespace=hydra", "annotate", "secret", "hydra-webhook", "hydra/renew-authority=true");

    Await.until("another bundle", PATIENCE.multipliedBy(2), () -> !bundle().equals(before));
    assertThat(
            cluster
                .get("secret", "hydra-webhook", "--namespace=hydra")
                .at("/metadata/annotations")
                .has("hydra/renew-authority"))
        .isFalse();
    Await.until(
        "pods are injected",
        PATIENCE,
        () -> {
          cluster.kubectl("delete", "pod", "first", "--ignore-not-found", "--force");
          cluster.pod("first", ASKS, ON_A_NODE);
          return isInjected(pod("first"));
        });
  }

  /** With its right in RBAC alone, the manager could be asked about Secrets, and change them. */
  @Test
  @Order(13)
  void givenTheManagersRights_thenItCannotChangeWhatTheWebhookIsCalledFor() throws IOException {
    cluster.kubectl(
        "create",
        "clusterrole",
        "patches",
        "--verb=patch",
        "--resource=mutatingwebhookconfigurations.admissionregistration.k8s.io");
    cluster.kubectl(
        "create",
        "clusterrolebinding",
        "patches",
        "--clusterrole=patches",
        "--serviceaccount=hydra:hydra-manager");
    for (var change :
        List.of(
            "{\"path\":\"/webhooks/0/rules/0/resources\",\"value\":[\"secrets\"]}",
            "{\"path\":\"/webhooks/0/matchConditions\",\"value\":[]}",
            "{\"path\":\"/webhooks/0/failurePolicy\",\"value\":\"Fail\"}",
            "{\"path\":\"/webhooks/0/clientConfig/url\",\"value\":\"https://example.org/\"}",
            "{\"path\":\"/webhooks\",\"value\":[]}")) {
      assertThatThrownBy(() -> patchAsTheManager(change))
          .as(change)
          .hasMessageContaining("caBundle of its webhook and nothing else");
    }
    assertThatThrownBy(
            () -> patchAsTheManager("{\"path\":\"/metadata/labels\",\"value\":{\"a\":\"b\"}}"))
        .hasMessageContaining("its webhook's metadata");
  }

  private void patchAsTheManager(String addition) throws IOException {
    cluster.kubectl(
        "patch",
        CONFIGURATION,
        "--as=system:serviceaccount:hydra:hydra-manager",
        "--type=json",
        "--patch=[{\"op\":\"add\"," + addition.substring(1) + "]");
  }
}
