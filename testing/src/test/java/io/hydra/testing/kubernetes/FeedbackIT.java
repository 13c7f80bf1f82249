package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.model.ChannelSettings;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What people see with kubectl: Events, what a pod serves, which nodes have the data. Pods run
 * nothing; beside the cluster run a manager, a Docto and the AppMan of a Deployment's pod, whose
 * application is this test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedbackIT {
  private static final String FIRST = "2026-11-01T09-00-00";
  private static final String SECOND = "2026-11-08T09-00-00";
  private static final String BROKEN = "2026-11-15T09-00-00";
  private static final String LABEL = "hydra/ready.prod.default.searcher";
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestCluster cluster;
  private OutsideHydra hydra;
  private Path node;
  private HttpServer application;
  private String pod = "";
  private Optional<Program> appMan = Optional.empty();

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("feedback", "--fake", "2");
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "feedback-");
    hydra = new OutsideHydra(cluster, directory, "127.0.0.1");
    node = directory.toAbsolutePath().resolve("fake-1");
    hydra.docto("fake-1", node);
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext("/reload", FeedbackIT::reload);
    application.start();
  }

  /** The application takes all releases but one. */
  private static void reload(HttpExchange exchange) throws IOException {
    var order = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(order.contains(BROKEN) ? 500 : 200, -1);
    exchange.close();
  }

  @AfterAll
  void end() throws IOException {
    if (application != null) {
      application.stop(0);
    }
    if (hydra != null) {
      hydra.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private Optional<String> label(String key) throws IOException {
    return Optional.of(cluster.get("node", "fake-1").at("/metadata/labels").path(key).asText())
        .filter(value -> !value.isEmpty());
  }

  private void awaitLabel(Optional<String> value) {
    Await.until("label " + value, PATIENCE, () -> label(LABEL).equals(value));
  }

  private List<JsonNode> events(String kind, String name) throws IOException {
    var selector =
        "--field-selector=involvedObject.kind=%s,involvedObject.name=%s".formatted(kind, name);
    var found = new ArrayList<JsonNode>();
    StreamSupport.stream(cluster.get("events", selector).path("items").spliterator(), false)
        .filter(event -> event.path("reportingComponent").asText().equals("hydra-manager"))
        .forEach(found::add);
    return found;
  }

  private void awaitEvent(String kind, String name, String reason, String words) {
    Await.until(
        "an Event %s about %s %s with '%s'".formatted(reason, kind, name, words),
        PATIENCE,
        () ->
            events(kind, name).stream()
                .filter(event -> event.path("reason").asText().equals(reason))
                .anyMatch(event -> event.path("message").asText().contains(words)));
  }

  @Test
  @Order(1)
  void givenANodeWithALabelThatTheChannelChooses_thenItBringsTheDataAndSaysSo() throws IOException {
    hydra.client().putChannel(OutsideHydra.CHANNEL, choosing(Map.of("tier", "search")));
    hydra.publish(FIRST);
    assertThat(hydra.wants("fake-1")).isFalse();

    cluster.kubectl("label", "node", "fake-1", "fake-2", "tier=search");

    hydra.awaitWanted("fake-1", true, AT_ONCE);
    hydra.awaitData("fake-1", PATIENCE);
    awaitLabel(Optional.of(FIRST));
    assertThat(cluster.get("node", "fake-2").at("/metadata/labels").has(LABEL)).isFalse();
  }

  private static ChannelSettings choosing(Map<String, String> labels) {
    var defaults = ChannelSettings.DEFAULT;
    return new ChannelSettings(
        defaults.versionScheme(),
        defaults.retainReleases(),
        defaults.retainOnNode(),
        defaults.maxUnavailable(),
        Optional.of(labels),
        defaults.progressDeadline());
  }

  @Test
  @Order(2)
  void givenALabelOfHydrasThatSomebodyChanges_thenItIsMended() throws IOException {
    cluster.kubectl("label", "node", "fake-1", LABEL + "-", "hydra/ready.prod.default.gone=1");

    awaitLabel(Optional.of(FIRST));
    Await.until(
        "the stray is gone", PATIENCE, () -> label("hydra/ready.prod.default.gone").isEmpty());
  }

  @Test
  @Order(3)
  void givenANodeThatIsChosenNoMore_thenItWantsNothingAndTheLabelGoes() throws IOException {
    cluster.kubectl("label", "node", "fake-1", "tier-");

    hydra.awaitWanted("fake-1", false, AT_ONCE);
    awaitLabel(Optional.empty());
  }

  @Test
  @Order(4)
  void givenADeploymentsPod_thenItsWayToTheFirstReleaseIsToldOnIt() throws IOException {
    cluster.cluster().apply(deployment());
    pod = awaitPod();
    awaitEvent("Pod", pod, "DataReady", FIRST);

    appMan = Optional.of(hydra.appMan(pod, "fake-1", node, application.getAddress().getPort()));

    awaitServing(FIRST);
    awaitEvent("Pod", pod, "ReloadCompleted", FIRST);
    awaitLabel(Optional.of(FIRST));
  }

  private static String deployment() {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: searcher, namespace: default}
    spec:
      selector: {matchLabels: {app: searcher}}
      template:
        metadata:
          labels: {app: searcher}
          annotations: {hydra/channel: %s}
        spec:
          terminationGracePeriodSeconds: 1
          automountServiceAccountToken: false
          nodeSelector: {kubernetes.io/hostname: fake-1}
          containers: [{name: main, image: "hydra.local/none:1"}]
    """
        .formatted(OutsideHydra.CHANNEL);
  }

  private String awaitPod() throws IOException {
    Await.until("a pod", PATIENCE, () -> !pods().isEmpty());
    return pods().at("/0/metadata/name").asText();
  }

  private JsonNode pods() throws IOException {
    return cluster.get("pods", "--selector=app=searcher").path("items");
  }

  private void awaitServing(String version) {
    Await.until(
        "the pod says that it serves " + version,
        PATIENCE,
        () ->
            cluster
                .get("pod", pod)
                .at("/metadata/annotations")
                .path("hydra/release")
                .asText()
                .equals(version));
  }

  @Test
  @Order(5)
  void givenAPodThatServes_thenKubectlCanWaitForThat() throws IOException {
    cluster.kubectl("wait", "pod", pod, "--for=condition=hydra/Serving", "--timeout=5s");
    var columns = "custom-columns=RELEASE:.metadata.annotations.hydra/release";
    assertThat(cluster.kubectl("get", "pod", pod, "--no-headers", "--output=" + columns))
        .isEqualTo(FIRST);
    var ready =
        cluster.kubectl(
            "get", "pod", pod, "--output=jsonpath={.status.conditions[?(@.type=='Ready')].status}");
    assertThat(ready).isEqualTo("True");
  }

  @Test
  @Order(6)
  void givenANewRelease_thenTheRollOverIsToldOnThePodAndItsDeployment() throws IOException {
    hydra.publish(SECOND);

    awaitServing(SECOND);
    awaitEvent("Pod", pod, "ReloadStarted", SECOND);
    awaitEvent("Pod", pod, "ReloadCompleted", SECOND);
    awaitEvent("Deployment", "searcher", "RolloutCompleted", SECOND);
    awaitLabel(Optional.of(SECOND));
    assertThat(cluster.kubectl("describe", "deployment", "searcher")).contains("RolloutCompleted");
  }

  @Test
  @Order(7)
  void givenAReleaseThatThePodCannotLoad_thenThatAndItsRejectionAreTold() throws IOException {
    hydra.publish(BROKEN);

    awaitEvent("Pod", pod, "ReloadFailed", BROKEN);
    awaitEvent("Deployment", "searcher", "ReleaseRejected", BROKEN);
    awaitServing(SECOND);
  }

  @Test
  @Order(8)
  void givenAManagerThatStartsAnew_thenNothingIsToldAgain() throws IOException {
    var before = told();

    hydra.restartManager();
    hydra.awaitInstance(pod, PATIENCE);
    cluster.kubectl("label", "node", "fake-1", LABEL + "-");
    awaitLabel(Optional.of(SECOND));

    assertThat(told()).isEqualTo(before);
  }

  /** How often each thing was told. */
  private List<String> told() throws IOException {
    var all = new ArrayList<>(events("Pod", pod));
    all.addAll(events("Deployment", "searcher"));
    return all.stream()
        .map(
            event ->
                "%s %s %s"
                    .formatted(
                        event.path("reason").asText(),
                        event.path("count").asText(),
                        event.path("message").asText()))
        .sorted()
        .toList();
  }

  /** RBAC allows it; the admission policy does not. */
  @Test
  @Order(9)
  void givenTheManagersRights_thenTheyEndAtHydrasOwnLabelsAndMarks() throws IOException {
    cluster.letManagersKubectlRead(
        "nodes,pods,pods/status,poddisruptionbudgets.policy,poddisruptionbudgets.policy/status");
    var node = new String[] {"node", "fake-1"};
    cluster.refusesManagersPatch(
        "hydra/ready", "{\"metadata\":{\"labels\":{\"tier\":\"other\"}}}", node);
    for (var change :
        List.of(
            "{\"spec\":{\"unschedulable\":true}}",
            "{\"metadata\":{\"finalizers\":[\"example.org/kept\"]}}")) {
      cluster.refusesManagersPatch("nothing of nodes but labels", change, node);
    }
    var status = new String[] {"pod", pod, "--subresource=status"};
    cluster.refusesManagersPatch(
        "hydra/release", "{\"metadata\":{\"annotations\":{\"other\":\"a\"}}}", status);
    for (var change :
        List.of(
            "{\"status\":{\"podIPs\":[{\"ip\":\"10.9.9.9\"}],\"podIP\":\"10.9.9.9\"}}",
            "{\"status\":{\"message\":\"all is well\"}}",
            "{\"status\":{\"reason\":\"Evicted\"}}")) {
      cluster.refusesManagersPatch("hydra/Serving", change, status);
    }
  }

  /** As with pods; what is allowed is tried without being done. */
  @Test
  @Order(10)
  void givenAPodDisruptionBudget_thenTheManagerTakesAndGivesBackOneDisruptionAtATime()
      throws IOException {
    cluster.kubectl("create", "pdb", "searcher", "--selector=app=searcher", "--min-available=0");
    Await.until("one may be disrupted", PATIENCE, () -> allowed() == 1);
    var note = "\"disruptedPods\":{\"p\":\"2026-11-29T00:00:00Z\"}";
    var two = "\"disruptedPods\":{\"p\":\"2026-11-29T00:00:00Z\",\"q\":\"2026-11-29T00:00:00Z\"}";

    for (var metadata :
        List.of(
            "\"labels\":{\"a\":\"b\"}",
            "\"annotations\":{\"a\":\"b\"}",
            "\"finalizers\":[\"example.org/kept\"]")) {
      refusedOfBudget("nothing of PodDisruptionBudgets", "{\"metadata\":{" + metadata + "}}");
    }
    refusedOfBudget(
        "does not count", "{\"status\":{\"disruptionsAllowed\":99,\"currentHealthy\":99}}");
    for (var status :
        List.of(
            "\"disruptionsAllowed\":2",
            "\"disruptionsAllowed\":0",
            note,
            "\"disruptionsAllowed\":2," + note,
            "\"disruptionsAllowed\":0," + two)) {
      refusedOfBudget("one disrupted pod at a time", "{\"status\":{" + status + "}}");
    }
    assertThat(
            cluster.patchAsManager(
                "{\"status\":{\"disruptionsAllowed\":0," + note + "}}",
                "pdb",
                "searcher",
                "--subresource=status",
                "--dry-run=server"))
        .contains("patched");
  }

  private int allowed() throws IOException {
    return cluster.get("pdb", "searcher").at("/status/disruptionsAllowed").asInt();
  }

  private void refusedOfBudget(String why, String change) {
    cluster.refusesManagersPatch(why, change, "pdb", "searcher", "--subresource=status");
  }

  @Test
  @Order(11)
  void givenTheLastPodIsGone_thenTheLabelIsToo() throws IOException {
    appMan.ifPresent(Program::terminate);
    cluster.kubectl("delete", "deployment", "searcher", "--cascade=foreground", "--wait=true");

    awaitLabel(Optional.empty());
  }
}
