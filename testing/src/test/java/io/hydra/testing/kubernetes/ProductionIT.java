package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.testing.process.Authority;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The overlay for production: three managers on Consul, HTTPS between all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionIT {
  private static final Duration PATIENCE = LiveService.PATIENCE;

  /** Of the managers' Service, in the test cluster's range. */
  private static final String SERVICE = "10.243.7.7";

  private static final String MANAGERS = "deployment/hydra-manager";
  private static final String LABEL = "app.kubernetes.io/name=hydra-manager";
  private static final int OFTEN_ENOUGH_FOR_EACH = 12;

  private Optional<ConsulServer> consul = Optional.empty();
  private LiveService service;
  private TestCluster cluster;

  @BeforeAll
  void start() throws IOException {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "there is no Consul");
    service =
        LiveService.start(
            "production",
            Map.of(),
            (started, directory) -> prepare(started, directory, program.orElseThrow()));
    cluster = service.cluster();
  }

  private Overlay prepare(TestCluster started, Path directory, Path program) throws IOException {
    var machine = started.cluster().machine();
    var server =
        ConsulServer.start(
            program,
            directory.resolve("consul"),
            "{\"client_addr\": \"127.0.0.1 %s\"}".formatted(machine));
    consul = Optional.of(server);
    var authority = new Authority(directory, "hydra-ca");
    prepare(started, authority);
    return overlay(server, machine, authority);
  }

  /** What docs/kubernetes.md says that the overlay needs. */
  private static void prepare(TestCluster cluster, Authority authority) throws IOException {
    var issued = authority.serverOf("hydra-manager", "dns:hydra-manager.hydra.svc,ip:" + SERVICE);
    var ca = "--from-file=ca.crt=" + authority.file();
    create(
        cluster,
        "hydra",
        "secret",
        "generic",
        "hydra-manager-tls",
        "--from-file=tls.crt=" + issued.certificate(),
        "--from-file=tls.key=" + issued.key(),
        ca);
    create(
        cluster,
        "hydra",
        "secret",
        "generic",
        "hydra-consul",
        "--from-literal=token=of-no-secret",
        ca);
    cluster.kubectl("create", "namespace", Installation.NAMESPACE);
    for (var namespace : List.of("hydra-nodes", Installation.NAMESPACE)) {
      create(cluster, namespace, "configmap", "hydra-ca", ca);
    }
  }

  private static void create(TestCluster cluster, String namespace, String... what)
      throws IOException {
    var command = new ArrayList<>(List.of("--namespace=" + namespace, "create"));
    command.addAll(List.of(what));
    cluster.kubectl(command.toArray(String[]::new));
  }

  /** Its Consul has no certificate; its own are tested with the store. */
  private static Overlay overlay(ConsulServer consul, String machine, Authority authority)
      throws IOException {
    var kustomization =
        Kustomization.write(
            Repository.root(),
            List.of("src/main/kubernetes/overlays/prod"),
            Overlay.ON_JVM
                + """
                - patch: |-
                    {apiVersion: v1, kind: ConfigMap, metadata: {name: hydra-manager, namespace: hydra},
                     data: {HYDRA_STORE_CONSUL_URL: "http://%s:%d"}}
                - patch: |-
                    {apiVersion: v1, kind: Service, metadata: {name: hydra-manager, namespace: hydra},
                     spec: {clusterIP: "%s"}}
                """
                    .formatted(machine, consul.url().getPort(), SERVICE));
    return new Overlay(kustomization, MANAGERS, Optional.of(authority.file()));
  }

  @AfterAll
  void end() throws IOException {
    if (service != null) {
      service.close();
    }
    consul.ifPresent(ConsulServer::close);
  }

  @BeforeEach
  void trafficBegins() throws IOException {
    service.trafficBegins();
  }

  @AfterEach
  void trafficEnds() {
    service.trafficEnds();
  }

  @Test
  void givenEachManagerIsDeletedInTurn_thenTheRolloutArrivesAndNothingFails() throws IOException {
    var rollout = service.rollOutHalf();
    for (var pod : cluster.get("pod", "--namespace=hydra", "--selector=" + LABEL).path("items")) {
      cluster.kubectl("delete", "pod", "--namespace=hydra", pod.at("/metadata/name").asText());
      service.hydra().rolledOut("hydra", MANAGERS);
    }

    service.arrives(rollout);
    service.nothingFailed();
  }

  @Test
  void givenAllManagersVanishAtOnce_thenTheRolloutArrivesAndNothingFails() throws IOException {
    var rollout = service.rollOutHalf();
    cluster.kubectl(
        "delete", "pod", "--namespace=hydra", "--selector=" + LABEL, "--force", "--grace-period=0");

    service.hydra().rolledOut("hydra", MANAGERS);
    service.arrives(rollout);
    service.nothingFailed();
  }

  /** The API server takes whichever manager it gets. */
  @Test
  void givenTheirSecretIsEmptied_thenItIsFilledAgain_andEachOfThemInjectsAllTheTime()
      throws IOException {
    cluster.kubectl(
        "patch",
        "secret",
        "--namespace=hydra",
        "hydra-webhook",
        "--type=json",
        "--patch=[{\"op\":\"remove\",\"path\":\"/data\"}]");

    Await.until(
        "it is filled again",
        PATIENCE,
        () -> {
          assertThat(service.hydra().isInjected()).isTrue();
          return !secret().isMissingNode();
        });
    for (int i = 0; i < OFTEN_ENOUGH_FOR_EACH; i++) {
      assertThat(service.hydra().isInjected()).isTrue();
    }
    service.nothingFailed();
  }

  private JsonNode secret() throws IOException {
    var found =
        cluster.get("secret", "--namespace=hydra", "--field-selector=metadata.name=hydra-webhook");
    return found.at("/items/0/data");
  }
}
