package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.testing.process.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A real API server takes the manifests, and its admission lets their pods in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManifestsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestCluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("manifests", "--fake", "1");
  }

  @AfterAll
  void end() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** Once dry, once really; then nothing is left to be changed. */
  private void applied(Path overlay) throws IOException {
    for (var how : List.of("--dry-run=server", "--dry-run=none")) {
      assertThat(cluster.kubectl("apply", "--server-side", how, "--kustomize=" + overlay))
          .doesNotContain("Warning: would violate PodSecurity \"restricted")
          .doesNotContain("unknown field", "deprecated");
    }
    // The namespace of Docto warns of its hostPath each time.
    assertThat(cluster.kubectl("diff", "--server-side", "--kustomize=" + overlay).lines())
        .allMatch(line -> line.startsWith("Warning: would violate PodSecurity \"baseline"));
  }

  @Test
  @Order(1)
  void givenEachOverlay_whenItIsApplied_thenTheServerTakesAllOfIt() throws IOException {
    for (var overlay : Manifests.overlays()) {
      applied(overlay);
    }
  }

  @Test
  @Order(2)
  void givenAllComponents_whenTheyAreApplied_thenTheServerTakesAllOfThem() throws IOException {
    applied(Manifests.overlayWith(Manifests.components()));

    assertThat(
            cluster
                .get("configmap", "hydra-manager", "--namespace=hydra")
                .at("/data/HYDRA_UPTIME_ENABLED")
                .asText())
        .isEqualTo("true");
    assertThat(cluster.kubectl("get", "networkpolicies", "--namespace=hydra", "--output=name"))
        .contains("/default-deny", "/hydra-manager\n");
    assertThat(cluster.get("networkpolicies", "--namespace=hydra-nodes").path("items")).hasSize(2);
  }

  /** The API server says of each expression whether it fits the kinds that it is for. */
  @Test
  @Order(3)
  void givenAdmissionPolicies_thenTheServerFindsNothingWrongWithTheirExpressions()
      throws IOException {
    Await.until(
        "all policies are checked",
        PATIENCE,
        () -> policies().stream().allMatch(ManifestsIT::isChecked));

    assertThat(policies())
        .hasSize(5)
        .allSatisfy(
            policy ->
                assertThat(policy.at("/status/typeChecking/expressionWarnings"))
                    .as(policy.at("/metadata/name").asText())
                    .isEmpty());
  }

  private List<JsonNode> policies() throws IOException {
    return StreamSupport.stream(
            cluster.get("validatingadmissionpolicies").path("items").spliterator(), false)
        .filter(policy -> policy.at("/metadata/name").asText().startsWith("hydra-"))
        .toList();
  }

  private static boolean isChecked(JsonNode policy) {
    return policy.at("/status/observedGeneration").asLong()
        == policy.at("/metadata/generation").asLong();
  }

  @Test
  @Order(4)
  void givenPodSecurity_thenTheManagersPodIsLetInWhereEverythingIsRestricted() throws IOException {
    assertThat(
            cluster
                .get("namespace", "hydra")
                .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                .asText())
        .isEqualTo("restricted");
    Await.until(
        "the manager's pod is there",
        PATIENCE,
        () -> cluster.kubectl("get", "pods", "--namespace=hydra", "-o=name").contains("manager-0"));
    Await.until(
        "a Docto is there",
        PATIENCE,
        () ->
            cluster.kubectl("get", "pods", "--namespace=hydra-nodes", "-o=name").contains("docto"));
  }

  @Test
  @Order(5)
  void givenAPodThatWantsMore_thenItIsRefusedWhereTheManagerLives() {
    assertThatThrownBy(
            () ->
                cluster.kubectl(
                    "run", "wants-more", "--namespace=hydra", "--image=hydra.local/none:1"))
        .hasMessageContaining("violates PodSecurity \"restricted");
  }

  @Test
  @Order(6)
  void givenTheEnd_thenDoctosAreToldToRemoveTheirData_andAllCanBeDeleted() throws IOException {
    var last = Manifests.overlayWith(List.of("remove-data"));
    cluster.kubectl("apply", "--server-side", "--kustomize=" + last);

    assertThat(
            cluster.kubectl(
                "get",
                "daemonset",
                "hydra-docto",
                "--namespace=hydra-nodes",
                "--output=jsonpath={.spec.template.spec.containers[0].env[?(@.name=='HYDRA_REMOVE_DATA')].value}"))
        .isEqualTo("true");
    var everything = Manifests.overlayWith(Manifests.components());
    cluster.kubectl("delete", "--wait=false", "--kustomize=" + everything);
    for (var kind : List.of("clusterroles", "clusterrolebindings", "validatingadmissionpolicies")) {
      assertThat(cluster.kubectl("get", kind, "--output=name")).doesNotContain("hydra");
    }
  }
}
