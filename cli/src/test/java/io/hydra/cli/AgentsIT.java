package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes and instances are listed, shown and forgotten. */
class AgentsIT {

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAHomeWithDefaults(@TempDir Path home) {
    hydra =
        new Program(home)
            .with("HYDRA_MANAGER", manager.address())
            .with("HYDRA_NAMESPACE", "search")
            .with("HYDRA_RELEASE", "searcher");
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void nodesListsSpaceAndFaults() {
    manager.on("GET", "/nodes", Samples.page(Samples.node("node-1")));

    var result = hydra.run("nodes");

    assertThat(result.out()).contains("node-1", "512.0 GiB of 1.0 TiB", "1.0 MiB of 1.0 GiB");
  }

  @Test
  void nodesAsJsonAreTheRecords() {
    var page = Samples.page(Samples.node("node-1"));
    manager.on("GET", "/nodes", page);

    var result = hydra.run("nodes", "list", "-o", "json");

    assertThat(result.json(new TypeReference<Page<NodeView>>() {})).isEqualTo(page);
  }

  @Test
  void nodesShowTellsOfEachDataset() {
    manager.on("GET", "/nodes/node-1", Samples.node("node-1"));

    var result = hydra.run("nodes", "show", "node-1");

    assertThat(result.out())
        .contains(
            "disk=nvme, zone=a", Samples.DIGEST.brief(), "INSUFFICIENT_SPACE: no room in RAM");
  }

  @Test
  void nodesForgetDeletes() {
    manager.onNoContent("DELETE", "/nodes/node-9");

    assertThat(hydra.run("nodes", "forget", "node-9").exitCode()).isZero();
    assertThat(manager.requests("DELETE", "/nodes/node-9")).hasSize(1);
  }

  @Test
  void instancesOfOneChannelAreAskedForByItsName() {
    var page = Samples.page(Samples.serving("searcher-1", Samples.FIRST));
    manager.on("GET", "/instances", page);

    var result = hydra.run("instances", "--release", "searcher", "-o", "json");

    assertThat(result.json(new TypeReference<Page<InstanceView>>() {})).isEqualTo(page);
    assertThat(manager.requests().getFirst().query())
        .containsEntry("channel", "prod/search/searcher");
  }

  @Test
  void instancesOfAnotherNamespaceAreLeftOut() {
    manager.on("GET", "/instances", Samples.page(Samples.serving("searcher-1", Samples.FIRST)));

    var result = hydra.run("instances", "list", "-n", "other");

    assertThat(result.out()).doesNotContain("searcher-1");
  }

  @Test
  void instancesShowTellsWhatIsLoaded() {
    manager.on("GET", "/instances/searcher-1", Samples.serving("searcher-1", Samples.FIRST));

    var result = hydra.run("instances", "show", "searcher-1");

    assertThat(result.out()).contains("SERVING", "pos " + Samples.DIGEST.brief());
  }

  @Test
  void instancesForgetPassesForceOn() {
    manager.onNoContent("DELETE", "/instances/searcher-9");

    assertThat(hydra.run("instances", "forget", "searcher-9", "--force").exitCode()).isZero();
    assertThat(manager.requests("DELETE", "/instances/searcher-9").getFirst().query())
        .containsEntry("force", "true");
  }

  @Test
  void instancesForgetOfOneThatIsConnectedIsRefused() {
    manager.on("DELETE", "/instances/searcher-9", ErrorCode.IN_USE);

    var result = hydra.run("instances", "forget", "searcher-9");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("IN_USE");
  }

  @Test
  void instancesForgetDeletes() {
    manager.onNoContent("DELETE", "/instances/searcher-9");

    assertThat(hydra.run("instances", "forget", "searcher-9").exitCode()).isZero();
    assertThat(manager.requests("DELETE", "/instances/searcher-9")).hasSize(1);
  }
}
