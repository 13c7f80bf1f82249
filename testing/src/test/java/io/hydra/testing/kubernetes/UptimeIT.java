package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Uptime;
import io.hydra.testing.process.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Workloads of a real API server are scaled by their uptime, from a Friday to a Monday: the manager
 * is restarted with another clock each time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UptimeIT {
  private static final String COMPONENT = "src/main/kubernetes/components/uptime/";
  private static final String WEEKDAYS = "Mon-Fri 08:00-19:30 Europe/Berlin";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestCluster cluster;
  private Path directory;
  private OutsideHydra hydra;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("uptime", "--fake", "2");
    for (var manifest : new String[] {"rbac.yaml", "policy.yaml"}) {
      cluster.kubectl("apply", "--server-side", "--filename=" + COMPONENT + manifest);
    }
    cluster.kubectl("annotate", "namespace", "default", "hydra/uptime=" + WEEKDAYS);
    var consumer = "hydra/channel: " + OutsideHydra.CHANNEL;
    workload("Deployment", "searcher", 2, "", consumer);
    workload("StatefulSet", "ranker", 1, "", consumer);
    workload("Deployment", "tool", 3, "hydra/uptime: \"" + WEEKDAYS + "\"", "");
    workload("Deployment", "plain", 1, "", "");
    directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "uptime-");
    hydra = at("2026-11-27T12:00:00+01:00");
    hydra.createChannel();
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

  /** The same manager, after a while in which it was not there. */
  private OutsideHydra at(String time) throws IOException {
    if (hydra != null) {
      hydra.close();
    }
    var offset = Duration.between(Instant.now(), ZonedDateTime.parse(time).toInstant());
    var started =
        new OutsideHydra(
            cluster,
            directory,
            "127.0.0.1",
            Map.of("hydra.uptime.enabled", "true", "hydra.uptime.clock-offset", offset.toString()));
    started.docto("fake-1", directory.toAbsolutePath().resolve("fake-1"));
    return started;
  }

  private void workload(
      String kind, String name, int replicas, String annotations, String podAnnotations)
      throws IOException {
    cluster
        .cluster()
        .apply(
            """
            apiVersion: apps/v1
            kind: %s
            metadata:
              name: %s
              namespace: default
              annotations: {%s}
            spec:
              replicas: %d
              selector: {matchLabels: {app: %s}}
              template:
                metadata:
                  labels: {app: %s}
                  annotations: {%s}
                spec:
                  terminationGracePeriodSeconds: 1
                  nodeSelector: {kubernetes.io/hostname: fake-1}
                  containers:
                  - name: main
                    image: hydra.local/none:1
            """
                .formatted(kind, name, annotations, replicas, name, name, podAnnotations));
  }

  private JsonNode deployment(String name) throws IOException {
    return cluster.get("deployment", name);
  }

  private static Optional<String> annotation(JsonNode workload, String key) {
    return Optional.of(workload.path("metadata").path("annotations").path(key))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  private void awaitReplicas(String kind, String name, int replicas) {
    Await.until(
        () -> "%s %s has %d replicas".formatted(kind, name, replicas),
        PATIENCE,
        () -> cluster.get(kind, name).at("/spec/replicas").asInt() == replicas);
  }

  @Test
  @Order(1)
  void givenDaytime_thenNothingIsScaled_andTheDryRunTellsWhatWillBe() throws IOException {
    hydra.awaitWanted("fake-1", true, PATIENCE);
    Await.until(
        "all three are known",
        PATIENCE,
        () -> hydra.client().uptime(Optional.empty()).workloads().size() == 3);

    var forecast = hydra.client().uptime(Optional.of("2026-11-27T12:00:00+01:00"));

    assertThat(forecast.complete()).isTrue();
    assertThat(forecast.steps())
        .filteredOn(step -> step.name().equals("tool"))
        .extracting(step -> step.at() + " " + step.what() + " " + step.replicas())
        .startsWith(
            "2026-11-27T18:30:00Z DOWN 0",
            "2026-11-30T07:00:00Z UP 3",
            "2026-11-30T18:30:00Z DOWN 0");
    assertThat(deployment("searcher").at("/spec/replicas").asInt()).isEqualTo(2);
  }

  @Test
  @Order(2)
  void givenTheEndOfTheWindow_thenAllThatHaveOneAreAtZero_andNothingElse() throws IOException {
    hydra = at("2026-11-27T19:30:00+01:00");

    awaitReplicas("deployment", "searcher", 0);
    awaitReplicas("statefulset", "ranker", 0);
    awaitReplicas("deployment", "tool", 0);
    hydra.awaitWanted("fake-1", false, PATIENCE);
    var searcher = deployment("searcher");
    assertThat(annotation(searcher, "hydra/uptime-replicas")).contains("2");
    assertThat(annotation(searcher, "hydra/uptime-nodes")).contains("fake-1");
    assertThat(annotation(searcher, "hydra/uptime-down"))
        .contains("2026-11-27T18:30:00Z " + WEEKDAYS);
    assertThat(deployment("plain").at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(
            cluster.kubectl("get", "events", "--field-selector=reason=HydraScaledDown", "-o=name"))
        .contains("searcher", "ranker", "tool");
  }

  @Test
  @Order(3)
  void givenSomebodyScalesItUpByNight_thenItStays() throws IOException {
    cluster.kubectl("scale", "deployment", "tool", "--replicas=1");

    Await.until(
        "it is noted",
        PATIENCE,
        () -> annotation(deployment("tool"), "hydra/uptime-manual").equals(Optional.of("1")));
    assertThat(deployment("tool").at("/spec/replicas").asInt()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void givenItsLeadBeforeTheWindow_thenTheNodeWantsTheData_andNothingIsScaled() throws IOException {
    hydra = at("2026-11-30T07:56:00+01:00");

    hydra.awaitWanted("fake-1", true, PATIENCE);

    assertThat(deployment("searcher").at("/spec/replicas").asInt()).isZero();
    assertThat(deployment("tool").at("/spec/replicas").asInt()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void givenTheStartOfTheWindow_thenAllReturnToWhatTheyWere() throws IOException {
    hydra = at("2026-11-30T08:00:00+01:00");

    awaitReplicas("deployment", "searcher", 2);
    awaitReplicas("statefulset", "ranker", 1);
    awaitReplicas("deployment", "tool", 3);
    assertThat(deployment("tool").at("/metadata/annotations").properties())
        .noneMatch(annotation -> annotation.getKey().startsWith("hydra/uptime-"));
  }

  @Test
  @Order(6)
  void givenOtherWindowsOfTheChannel_thenTheyHoldAtOnce_andAnOptOutToo() throws IOException {
    var settings = ChannelSettings.DEFAULT;
    hydra
        .client()
        .putChannel(
            OutsideHydra.CHANNEL,
            ChannelSettings.builder()
                .uptime(Uptime.parse("Sun 01:00-02:00 UTC"))
                .build()
                .over(settings));
    awaitReplicas("deployment", "searcher", 0);
    awaitReplicas("statefulset", "ranker", 0);

    cluster.kubectl("annotate", "deployment", "searcher", "hydra/uptime-exclude=true");

    awaitReplicas("deployment", "searcher", 2);
    assertThat(cluster.get("statefulset", "ranker").at("/spec/replicas").asInt()).isZero();
    assertThat(deployment("tool").at("/spec/replicas").asInt()).isEqualTo(3);
  }

  @Test
  @Order(7)
  void givenWindowsThatCannotBeRead_thenNothingIsScaled_andTheWorkloadSaysSo() throws IOException {
    cluster.kubectl("annotate", "--overwrite", "deployment", "tool", "hydra/uptime=Mon-Fri 8-19");

    Await.until(
        "an Event says so",
        PATIENCE,
        () ->
            cluster
                .kubectl("get", "events", "--field-selector=reason=HydraUptimeInvalid", "-o=name")
                .contains("tool"));
    assertThat(deployment("tool").at("/spec/replicas").asInt()).isEqualTo(3);
  }

  /** With its rights alone, the manager could run any container. */
  @Test
  @Order(8)
  void givenTheManagersRights_thenItCannotChangeWhatPodsAre() throws IOException {
    cluster.letManagersKubectlRead("deployments,statefulsets");
    mayNot("change pod templates", "{\"spec\":{\"template\":{\"spec\":{\"hostNetwork\":true}}}}");
    mayNot("only write annotations", "{\"metadata\":{\"annotations\":{\"other\":\"x\"}}}");
    for (var change :
        List.of(
            "{\"paused\":true}",
            "{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}",
            "{\"minReadySeconds\":9}")) {
      mayNot("how pods are replaced", "{\"spec\":%s}".formatted(change));
    }
    mayNot("owners and finalizers", "{\"metadata\":{\"finalizers\":[\"example.org/kept\"]}}");
    cluster.refusesManagersPatch(
        "what becomes of their volumes",
        "{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":{\"whenScaled\":\"Delete\"}}}",
        "statefulset",
        "ranker");
  }

  private void mayNot(String what, String patch) {
    cluster.refusesManagersPatch(what, patch, "deployment", "plain");
  }

  @Test
  @Order(9)
  void givenWorkloadsOfHydraAndOfTheCluster_thenTheManagerCannotScaleThem() throws IOException {
    for (var namespace : List.of("hydra", "hydra-nodes", "kube-system")) {
      cluster.kubectl(
          "create", "deployment", "own", "--image=hydra.local/none:1", "--namespace=" + namespace);
      cluster.refusesManagersPatch(
          "may not scale Hydra",
          "{\"spec\":{\"replicas\":0}}",
          "deployment",
          "own",
          "--namespace=" + namespace);
    }
  }
}
